import { useId, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { CheckView } from '#shared/message/check.ts';
import type { Line } from '#shared/message/line.ts';

import { counted } from '../controls/tell-amount.ts';
import { TimeAgo } from '../controls/TimeAgo.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { CheckForm } from './CheckForm.tsx';

type Props = { readonly line: Line };

const mostShown = 10;

/** How the last check of a line went, and a click away how to check it and how it went before. */
export function LineChecks({ line }: Props): ReactElement {
  const { checks, plans } = useStore(useScreen().care);
  const [isOpen, setOpen] = useState(false);
  const panel = useId();
  const own = checks.filter(({ toLineId }) => toLineId === line.id);
  const plan = plans.find(({ toLineId }) => toLineId === line.id) ?? null;
  return (
    <div className="line-checks">
      <div className="row-line steady">
        <div>
          <LastCheck check={own[0]} />
          <p role="status" className="quiet-words">
            {plan === null ? '' : `Checked every ${counted(plan.everyHours, 'hour')}`}
          </p>
        </div>
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          aria-controls={panel}
          aria-label={`Check the line ${line.label}`}
          onClick={() => setOpen(!isOpen)}
        >
          Check
        </button>
      </div>
      <div id={panel}>
        {isOpen ? (
          <div className="small-form">
            <CheckForm line={line} plan={plan} />
            {own.length > 0 ? <RecentChecks checks={own.slice(0, mostShown)} line={line} /> : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Said aloud as it changes. */
function LastCheck({ check }: { readonly check: CheckView | undefined }): ReactElement {
  if (check === undefined)
    return (
      <span role="status" className="quiet-words">
        Not checked yet
      </span>
    );
  const { sentence, state } = check;
  const isBad = state === 'missing' || state === 'not-sent';
  return (
    <span role="status" className={isBad ? 'warn' : 'quiet-words'}>
      Last check: {sentence.charAt(0).toLowerCase() + sentence.slice(1)}
    </span>
  );
}

type RecentProps = { readonly checks: readonly CheckView[]; readonly line: Line };

function RecentChecks({ checks, line }: RecentProps): ReactElement {
  return (
    <ul className="plain-list" aria-label={`Recent checks of ${line.label}`}>
      {checks.map(({ id, startedAt, sentence, state }) => (
        <li key={id} className={state === 'missing' || state === 'not-sent' ? 'warn' : undefined}>
          {sentence}{' '}
          <span className="quiet-words">
            <TimeAgo at={startedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
