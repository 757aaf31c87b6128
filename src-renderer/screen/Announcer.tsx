import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import { useScreen } from './screen-context.ts';

/** The one polite live region. The same words said twice are two elements, so that they are heard twice. */
export function Announcer(): ReactElement {
  const { words, count } = useStore(useScreen().announcement);
  return (
    <div className="unseen" aria-live="polite">
      {words === '' ? null : <p key={count}>{words}</p>}
    </div>
  );
}
