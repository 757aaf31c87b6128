import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useStore } from 'zustand';

import type { CommandOutput } from '#shared/contract/contract.ts';
import { checkText } from '#shared/message/check.ts';
import type { Line, LineId } from '#shared/message/line.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { FailureLine } from '../controls/FailureLine.tsx';
import { counted } from '../controls/tell-amount.ts';
import { useDeed } from '../controls/use-deed.ts';
import { useScreen } from '../screen/screen-context.ts';
import { CheckHours, hoursProblem } from './CheckHours.tsx';
import { SendingLine } from './SendingLine.tsx';

type Plan = CommandOutput<'check.list'>['plans'][number];
type Props = { readonly line: Line; readonly plan: Plan | null };

const usualHours = 24;
const size = counted(analyzeText(checkText('ABCDEF')).segments.length, 'segment');

/** Checks a line by a text from another of ours: now, or by itself every so many hours. */
export function CheckForm({ line, plan }: Props): ReactElement {
  const { overview } = useScreen();
  const others = useStore(overview, ({ lines }) => lines).filter(({ id }) => id !== line.id);
  const [from] = others;
  if (from === undefined)
    return <p className="quiet-words">It takes another line to send from, and there is none.</p>;
  return <Fields line={line} plan={plan} others={others} first={from.id} />;
}

type FieldsProps = Props & { readonly others: readonly Line[]; readonly first: LineId };

function Fields({ line, plan, others, first }: FieldsProps): ReactElement {
  const { host } = useScreen();
  const { isBusy, failure, run } = useDeed();
  const [fromLineId, setFrom] = useState(plan?.fromLineId ?? first);
  /** As written; null where it is not to check by itself. */
  const [hours, setHours] = useState(plan === null ? null : String(plan.everyHours));
  const toLineId = line.id;
  const route = { fromLineId, toLineId };
  const isReady = hours === null || hoursProblem(hours) === null;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    void run(() =>
      hours === null
        ? host.call('check.unplan', { toLineId })
        : host.call('check.plan', { ...route, everyHours: Number(hours) }),
    );
  };
  return (
    <form className="check-form" aria-label={`Check of ${line.label}`} noValidate onSubmit={save}>
      <p className="quiet-words">
        A short text goes from another line to this one, and how long it takes is measured. Each
        check costs what a text of {size} costs.
      </p>
      <SendingLine lines={others} value={fromLineId} onChoose={setFrom} />
      <CheckHours usual={usualHours} value={hours} onChange={setHours} />
      <FailureLine failure={failure} />
      <div className="deeds">
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => void run(() => host.call('check.now', route))}
        >
          Check now
        </button>
        <button type="submit" className="ghost" disabled={isBusy || !isReady}>
          Save
        </button>
      </div>
    </form>
  );
}
