import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { ShownGap } from '#shared/contract/gap-commands.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { TimeAgo } from '../controls/TimeAgo.tsx';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { loadCare } from '../store/load-care.ts';

type Props = { readonly connectionId: ConnectionId };

/** What came in over a connection and is known to be missing, and what became of the search for it. */
export function GapsSection({ connectionId }: Props): ReactElement | null {
  const screen = useScreen();
  const { gaps, failure } = useStore(screen.care);
  useEffect(() => void loadCare(screen), [screen]);
  const own = gaps.filter((gap) => gap.connectionId === connectionId);
  if (failure !== null) return <FailureLine failure={failure} />;
  if (own.length === 0) return null;
  return (
    <section className="part">
      <h2>Missing texts and calls</h2>
      <div role="status">
        <ul className="plain-list" aria-label="Missing texts and calls">
          {own.map((gap) => (
            <GapRow key={gap.id} gap={gap} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function GapRow({ gap }: { readonly gap: ShownGap }): ReactElement {
  const { host } = useScreen();
  const { isBusy, failure, run } = useDeed();
  const { id: gapId, state, sentence, until, canDismiss } = gap;
  return (
    <li>
      <div className="row-line steady">
        <p>
          <span className={state === 'filled' ? 'good-words' : 'warn'}>{sentence}</span>{' '}
          <span className="quiet-words">
            <TimeAgo at={until} />
          </span>
        </p>
        {canDismiss ? (
          <button
            type="button"
            className="ghost"
            disabled={isBusy}
            aria-label={`Dismiss: ${sentence}`}
            onClick={() => void run(() => host.call('gap.dismiss', { gapId }))}
          >
            Dismiss
          </button>
        ) : null}
      </div>
      <FailureLine failure={failure} />
    </li>
  );
}
