import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { useScreen } from '../screen/screen-context.ts';
import { openConnections } from '../store/go-to.ts';
import { isHigh, meterWords } from './meter-words.ts';

/** The limits that are nearly used up, fullest first; each leads to where they all are. Spans of a minute and less come and go, and are left out. */
export function MetersInBar(): ReactElement {
  const screen = useScreen();
  const meters = useStore(screen.registration, (known) => known.meters);
  const shown = meters
    .filter((meter) => meter.resetsAt !== null && isHigh(meter))
    .toSorted((a, b) => b.used / b.limit - a.used / a.limit);
  return (
    <>
      {shown.map((meter) => (
        <button
          key={`${meter.of} ${meter.id}`}
          type="button"
          className="status-button"
          title={meter.name}
          onClick={() => void openConnections(screen, { page: 'list' })}
        >
          {meterWords(meter)}
        </button>
      ))}
    </>
  );
}
