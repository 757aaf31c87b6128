import { useEffect, useRef, useState } from 'react';
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

/**
 * A few fields with one thing to do. The focus goes to the first of them and back where it came from. What was written stays
 * where it did not work.
 */
export function SmallForm(props: Props): ReactElement {
  const { name, action, isReady, onClose, deed, children } = props;
  const { isBusy, failure, run } = useDeed();
  const [opener] = useState(() => document.activeElement);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus(), []);
  const close = (): void => {
    onClose();
    if (opener instanceof HTMLElement) opener.focus();
  };
  const submit = async (): Promise<void> => {
    if (isReady && (await run(deed))) close();
  };
  return (
    <form
      ref={form}
      className="small-form"
      aria-label={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      {children}
      <FailureLine failure={failure} />
      <div className="deeds">
        <button type="submit" className="button" disabled={isBusy || !isReady}>
          {action}
        </button>
        <button type="button" className="ghost" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  );
}
