import type { ReactElement } from 'react';

import { FailureLine } from '../controls/FailureLine.tsx';
import { useDeed } from '../controls/use-deed.ts';

type Props = { readonly about: string; readonly deed: () => Promise<unknown> };

/** Takes something out of the book at once: it can be entered again in a moment. */
export function RemoveButton({ about, deed }: Props): ReactElement {
  const { isBusy, failure, run } = useDeed();
  return (
    <>
      <button
        type="button"
        className="ghost danger"
        aria-label={`Remove: ${about}`}
        disabled={isBusy}
        onClick={() => void run(deed)}
      >
        Remove
      </button>
      <FailureLine failure={failure} />
    </>
  );
}
