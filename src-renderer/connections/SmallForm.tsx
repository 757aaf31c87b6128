import type { ReactElement, ReactNode } from 'react';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';

type Props = {
  readonly name: string;
  /** What the button says. */
  readonly action: string;
  /** False while what is written cannot be taken. */
  readonly isReady: boolean;
  readonly onClose: () => void;
  readonly deed: () => Promise<unknown>;
  readonly children: ReactNode;
};

/** A few fields with one thing to do. What was written stays where it did not work. */
export function SmallForm(props: Props): ReactElement {
  const { name, action, isReady, onClose, deed, children } = props;
  const { isBusy, failure, run } = useDeed();
  const submit = async (): Promise<void> => {
    if (isReady && (await run(deed))) onClose();
  };
  return (
    <form
      className="small-form"
      aria-label={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      <FailureLine failure={failure} />
      <div className="deeds">
        <button type="submit" className="button" disabled={isBusy || !isReady}>
          {action}
        </button>
        <button type="button" className="ghost" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
