import { useId, useMemo, useState } from 'react';
import type { ReactElement } from 'react';

import { readWhen } from '#shared/schedule/read-when.ts';
import { whenWords } from '#shared/schedule/when-words.ts';

import { useScreen } from '../screen/screen-context.ts';
import { type PeerClocks, clocksOf } from './clocks-of.ts';
import { suggestionsFor } from './suggestions.ts';

import './later.css';

/** A time that was chosen, and on what terms. */
export type Chosen = {
  readonly dueAt: number;
  readonly zone: string;
  readonly evenIfTheyWrite: boolean;
};

type Props = {
  readonly peer: string;
  /** What the button says. */
  readonly action: string;
  /** Resolves to why it cannot be; null where it is done. */
  readonly onChoose: (chosen: Chosen) => Promise<string | null>;
};

/** Reads a time as it is written and says at once, by both clocks, what it means. */
export function WhenForm({ peer, action, onChoose }: Props): ReactElement {
  const screen = useScreen();
  const field = useId();
  const [written, setWritten] = useState('');
  const [evenIfTheyWrite, setEven] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const clocks = clocksOf(peer, screen.clock.now());
  const when = readWhen(written, clocks);
  const choose = async (): Promise<void> => {
    const now = readWhen(written, clocksOf(peer, screen.clock.now()));
    if (now.kind === 'unclear') return setProblem(`${now.reason} ${now.cure}`);
    setProblem(await onChoose({ dueAt: now.at, zone: clocks.theirs, evenIfTheyWrite }));
  };
  return (
    <form
      className="when-form"
      aria-label={action}
      onSubmit={(event) => {
        event.preventDefault();
        // What holds this form in the tree of components is a form itself.
        event.stopPropagation();
        void choose();
      }}
    >
      <label htmlFor={field}>When</label>
      <input
        id={field}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder="tomorrow 8am"
        value={written}
        aria-invalid={written !== '' && when.kind === 'unclear'}
        aria-describedby={`${field}-means`}
        onChange={({ target }) => {
          setWritten(target.value);
          setProblem(null);
        }}
      />
      <p id={`${field}-means`} role="status" className={problem === null ? 'means' : 'means bad'}>
        {problem ?? meaning(written, clocks)}
      </p>
      <Suggestions clocks={clocks} onChoose={setWritten} />
      <label className="check-line">
        <input
          type="checkbox"
          checked={evenIfTheyWrite}
          onChange={({ target }) => setEven(target.checked)}
        />
        Send it even if they write first
      </label>
      <button type="submit" className="button" aria-disabled={when.kind === 'unclear'}>
        {action}
      </button>
    </form>
  );
}

function meaning(written: string, clocks: PeerClocks): string {
  if (written === '') return clocks.doubt ?? 'By their clock, unless you write “my time”.';
  const when = readWhen(written, clocks);
  if (when.kind === 'unclear') return `${when.reason} ${when.cure}`;
  return [`Sends ${whenWords(when.at, clocks)}.`, ...when.notes, clocks.doubt ?? '']
    .join(' ')
    .trim();
}

type SuggestionsProps = {
  readonly clocks: PeerClocks;
  readonly onChoose: (written: string) => void;
};

function Suggestions({ clocks, onChoose }: SuggestionsProps): ReactElement {
  const { now, theirs, ours } = clocks;
  const minute = Math.floor(now / 60_000) * 60_000;
  const all = useMemo(() => suggestionsFor({ now: minute, theirs, ours }), [minute, theirs, ours]);
  return (
    <ul className="suggestions" aria-label="Suggestions">
      {all.map(({ written, words }) => (
        <li key={written}>
          <button type="button" onClick={() => onChoose(written)}>
            <span>{written}</span> <small>{words}</small>
          </button>
        </li>
      ))}
    </ul>
  );
}
