import { useState } from 'react';
import type { ReactElement } from 'react';

import type { Trouble } from './status-words.ts';

type Props = {
  readonly trouble: Trouble;
  /** Resolves to why it cannot be tried again, or to null where it is on its way. */
  readonly onTryAgain: () => Promise<string | null>;
};

/** What became of a text that did not simply arrive, what to do about it, and the button where trying again may help. */
export function TroubleLine({ trouble, onTryAgain }: Props): ReactElement {
  const [phase, setPhase] = useState<'idle' | 'trying'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setPhase('trying');
    setProblem(await onTryAgain());
    setPhase('idle');
  };
  return (
    <div className={`trouble-line trouble-${trouble.kind}`}>
      <p>
        {trouble.words}
        {problem === null ? null : <strong role="alert"> {problem}</strong>}
      </p>
      {trouble.mayTryAgain ? (
        <button
          type="button"
          className="ghost"
          disabled={phase === 'trying'}
          onClick={() => void run()}
        >
          Try again
        </button>
      ) : null}
    </div>
  );
}
