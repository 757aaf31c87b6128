import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Line } from '#shared/message/line.ts';

import { useScreen } from '../screen/screen-context.ts';
import { LineRegistrationForm } from './LineRegistrationForm.tsx';
import { MeterView } from './MeterView.tsx';
import { lineWords, statesOf } from './registration-words.ts';

import './throughput.css';

type Props = { readonly line: Line };

/** How far a line is registered, how much of its limit is used, and a click away the form to say so. */
export function LineRegistration({ line }: Props): ReactElement | null {
  const { book, meters } = useStore(useScreen().registration);
  const [isOpen, setOpen] = useState(false);
  const states = statesOf(line.numberType);
  if (book === null || states === null) return null;
  const known = book.lines.find(({ lineId }) => lineId === line.id);
  const state = known?.state ?? 'unknown';
  const meter = meters.find(({ of, lineIds }) => of === 'line' && lineIds.includes(line.id));
  return (
    <div className="line-checks">
      <div className="row-line steady">
        <p className={state === 'registered' || state === 'unknown' ? 'quiet-words' : 'warn'}>
          {lineWords(states, known)}
        </p>
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          aria-label={`Registration of the line ${line.label}`}
          onClick={() => setOpen(!isOpen)}
        >
          Registration
        </button>
      </div>
      {meter === undefined ? null : <MeterView meter={meter} />}
      {isOpen ? (
        <LineRegistrationForm line={line} states={states} onClose={() => setOpen(false)} />
      ) : null}
    </div>
  );
}
