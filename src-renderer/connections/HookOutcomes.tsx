import { Check, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';

import { formatPeer } from '#shared/phone/format-peer.ts';

import { AskingFailure } from './AskingFailure.tsx';
import type { HookOutcome } from './write-hooks.ts';

type Props = { readonly outcomes: readonly HookOutcome[] };

/** What became of pointing each number at us. */
export function HookOutcomes({ outcomes }: Props): ReactElement {
  const good = outcomes.filter(({ failure }) => failure === null).length;
  return (
    <>
      <p role="status">
        {good} of {outcomes.length} written
      </p>
      <ul className="plain-list" aria-label="What became of each number">
        {outcomes.map(({ number, failure }) => (
          <li key={number}>
            <div className="row-line">
              {failure === null ? (
                <Check size={14} aria-hidden />
              ) : (
                <TriangleAlert size={14} className="bad" aria-hidden />
              )}
              <span className="digits">{formatPeer(number)}</span>
              <Words failure={failure} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Words({ failure }: Pick<HookOutcome, 'failure'>): ReactElement {
  if (failure === null) return <span className="quiet-words">The carrier calls us now</span>;
  if (failure === 'unlisted')
    return <span className="bad">The carrier does not list this number in the account</span>;
  return <AskingFailure failure={failure} />;
}
