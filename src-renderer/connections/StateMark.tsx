import { CircleAlert, CircleCheck, CircleDashed, CircleOff } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import { stateWords } from './state-words.ts';

type State = ConnectionView['state'];

const glyphs: Readonly<Record<State, LucideIcon>> = {
  ok: CircleCheck,
  trouble: CircleAlert,
  starting: CircleDashed,
  off: CircleOff,
};

/** Where a connection stands: glyph and word. */
export function StateMark({ state }: { readonly state: State }): ReactElement {
  const Glyph = glyphs[state];
  return (
    <span className={`state-mark state-${state}`}>
      <Glyph size={14} aria-hidden />
      {stateWords[state]}
    </span>
  );
}
