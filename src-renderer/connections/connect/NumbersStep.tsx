import { useState } from 'react';
import type { ReactElement } from 'react';

import { Disclosure } from '../../controls/Disclosure.tsx';
import { counted } from '../../controls/tell-amount.ts';
import { TextField } from '../../controls/TextField.tsx';
import { useScreen } from '../../screen/screen-context.ts';
import { NumberByHand } from '../NumberByHand.tsx';
import { connectingOf } from './connecting-store.ts';
import type { WantedLine } from './connecting-store.ts';
import { FoundNumber } from './FoundNumber.tsx';
import { StepFoot } from './StepFoot.tsx';
import { StepHead } from './StepHead.tsx';
import { accountWords } from './TrialWords.tsx';
import { useEntered } from './use-entered.ts';
import type { Entering } from './use-entered.ts';
import { chosenLines, withLine, withWritten } from './wanted-lines.ts';

/** Which numbers become lines, and what they are called. */
export function NumbersStep(): ReactElement | null {
  const screen = useScreen();
  const entering = useEntered();
  if (entering === null) return null;
  const { carrier, entered, change } = entering;
  const { trial, lines } = entered;
  return (
    <>
      <StepHead step="numbers" title="Which numbers become lines?" />
      {trial.kind === 'good' ? <p className="good-words">{accountWords(trial.account)}</p> : null}
      <p className="quiet-words">{foundWords(entering)}</p>
      <Found lines={lines} onChange={(next) => change({ lines: next })} />
      <Disclosure title="Write a number by hand" startsOpen={lines.length === 0}>
        <NumberByHand
          action="Add"
          onAdd={(written) => {
            change({ lines: withWritten(lines, written) });
            return true;
          }}
        />
      </Disclosure>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          connectingOf(screen).setState({ step: 'webhooks' });
        }}
      >
        <p role="status" className="quiet-words">
          {chosenWords(chosenLines(lines).length, carrier.capabilities.label)}
        </p>
        <StepFoot step="numbers" action="Continue" />
      </form>
    </>
  );
}

function foundWords({ carrier, entered }: Entering): string {
  const { label, listsNumbers } = carrier.capabilities;
  const found = entered.lines.filter((line) => line.found !== null).length;
  if (found > 0) return `${label} lists ${counted(found, 'number')} in the account.`;
  if (entered.trial.kind !== 'good')
    return `${label} was not asked. Write the numbers you have there.`;
  return listsNumbers
    ? `${label} listed no number of the account. Write those you have there.`
    : `${label} does not tell its numbers. Write those you have there.`;
}

function chosenWords(count: number, carrier: string): string {
  if (count > 0) return `${counted(count, 'line')} chosen`;
  return `None chosen. Nothing can be texted over ${carrier} then; numbers can be made lines later.`;
}

type FoundProps = {
  readonly lines: readonly WantedLine[];
  readonly onChange: (lines: readonly WantedLine[]) => void;
};

/** More numbers than this are looked through with a filter. */
const shownAtOnce = 12;

function Found({ lines, onChange }: FoundProps): ReactElement | null {
  const [filter, setFilter] = useState('');
  if (lines.length === 0) return null;
  const shown = lines.filter((line) => isMatch(line, filter));
  const chooseAll = (isChosen: boolean): void =>
    onChange(lines.map((line) => (shown.includes(line) ? { ...line, isChosen } : line)));
  return (
    <>
      {lines.length > shownAtOnce ? (
        <TextField label="Filter numbers" value={filter} isOptional onType={setFilter} />
      ) : null}
      {lines.length > 1 ? (
        <div className="deeds">
          <button type="button" className="ghost" onClick={() => chooseAll(true)}>
            Choose all {shown.length}
          </button>
          <button type="button" className="ghost" onClick={() => chooseAll(false)}>
            Choose none
          </button>
        </div>
      ) : null}
      <ul className="plain-list" aria-label="Numbers">
        {shown.map((line) => (
          <FoundNumber
            key={line.number}
            line={line}
            onChange={(change) => onChange(withLine(lines, line.number, change))}
          />
        ))}
      </ul>
    </>
  );
}

function isMatch({ number, label }: WantedLine, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  const digits = wanted.replaceAll(/\D/gu, '');
  if (wanted === '') return true;
  return label.toLowerCase().includes(wanted) || (digits !== '' && number.includes(digits));
}
