import type { ReactElement } from 'react';

import type { Failure } from '#shared/contract/failure.ts';

import { inWords } from '../store/failure-of.ts';

type Props = { readonly failure: Failure | null };

/** Why something did not work and what to do; read out as it comes. */
export function FailureLine({ failure }: Props): ReactElement | null {
  if (failure === null) return null;
  return (
    <p className="failure-line" role="alert">
      {inWords(failure)}
    </p>
  );
}
