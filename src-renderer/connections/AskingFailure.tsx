import type { ReactElement } from 'react';

import type { SendFailure } from '#shared/provider/send-failure.ts';

import { askingWords } from './asking-words.ts';

type Props = { readonly failure: SendFailure };

/** Why the carrier did not do or tell what it was asked, what to do, and its own code one click away. */
export function AskingFailure({ failure }: Props): ReactElement {
  const { sentence, cure } = askingWords(failure);
  return (
    <div className="asking-failure" role="alert">
      <p>
        {sentence} {cure}
      </p>
      {failure.raw === null ? null : (
        <details>
          <summary>What the carrier said</summary>
          <code>{failure.raw}</code>
        </details>
      )}
    </div>
  );
}
