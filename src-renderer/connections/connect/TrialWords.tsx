import type { ReactElement } from 'react';

import { FailureLine } from '../../controls/FailureLine.tsx';
import { AskingFailure } from '../AskingFailure.tsx';
import type { Trial } from './connecting-store.ts';

type Props = {
  readonly trial: Trial;
  /** Goes on though the carrier did not say that the credentials are good. */
  readonly onSkip: () => void;
};

/** What came of trying the credentials. */
export function TrialWords({ trial, onSkip }: Props): ReactElement | null {
  switch (trial.kind) {
    case 'untried':
      return null;
    case 'trying':
      return <p role="status">Asking the carrier whether they are good…</p>;
    case 'good':
      return <p role="status">{accountWords(trial.account)}</p>;
    case 'bad':
      return (
        <div ref={showWhole}>
          <AskingFailure failure={trial.failure} />
          <Skip onSkip={onSkip} />
        </div>
      );
    case 'failed':
      return (
        <div ref={showWhole}>
          <FailureLine failure={trial.failure} />
          {trial.failure.code === 'bad-input' ? null : <Skip onSkip={onSkip} />}
        </div>
      );
  }
}

/** The fields above may have pushed it out of sight. */
const showWhole = (words: HTMLElement | null): void => words?.scrollIntoView({ block: 'nearest' });

/** That the credentials are good, with what the carrier said of the account. */
export function accountWords(account: string | null): string {
  return account === null
    ? 'The credentials are good.'
    : `The credentials are good. Account: ${account}`;
}

function Skip({ onSkip }: Pick<Props, 'onSkip'>): ReactElement {
  return (
    <button type="button" className="ghost" onClick={onSkip}>
      Go on without the test
    </button>
  );
}
