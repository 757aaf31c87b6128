import { useId } from 'react';
import type { ReactElement } from 'react';

import type { Meter } from '#shared/contract/registration-commands.ts';

import { isHigh, meterNote, meterWords } from './meter-words.ts';

import './throughput.css';

/** How much of a limit is used: in words, and as a bar beside them. */
export function MeterView({ meter }: { readonly meter: Meter }): ReactElement {
  const words = useId();
  const { used, limit } = meter;
  const note = meterNote(meter);
  return (
    <div className={isHigh(meter) ? 'usage high' : 'usage'}>
      <span id={words}>
        {meterWords(meter)}
        {note === null ? null : <span className="quiet-words"> · {note}</span>}
      </span>
      <meter
        aria-labelledby={words}
        min={0}
        max={limit}
        high={limit * 0.7}
        optimum={0}
        value={Math.min(used, limit)}
      />
    </div>
  );
}
