import type { ReactElement } from 'react';

import { useScreen } from '../../screen/screen-context.ts';
import { openConnections } from '../../store/go-to.ts';
import { connectingOf, forgetEntered } from './connecting-store.ts';
import type { Step } from './connecting-store.ts';
import { stepBefore } from './steps.ts';

type Props = {
  readonly step: Step;
  /** What the button says that goes on. */
  readonly action: string;
  readonly isBusy?: boolean;
};

/** On, back, and out. Going back keeps everything; only Cancel forgets it. */
export function StepFoot({ step, action, isBusy = false }: Props): ReactElement {
  const screen = useScreen();
  const before = stepBefore(step);
  const cancel = (): void => {
    forgetEntered(screen);
    void openConnections(screen);
  };
  return (
    <div className="step-foot">
      <button type="submit" className="button" disabled={isBusy}>
        {action}
      </button>
      {before === null ? null : (
        <button
          type="button"
          className="ghost"
          onClick={() => connectingOf(screen).setState({ step: before, adding: 'no' })}
        >
          Back
        </button>
      )}
      <button type="button" className="ghost" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
