import { useState } from 'react';
import type { ReactElement } from 'react';

import { type LinePolicy, linePolicySchema } from '#shared/compliance/line-policy.ts';
import type { Line } from '#shared/message/line.ts';

import { TextField } from '../controls/TextField.tsx';
import { useScreen } from '../screen/screen-context.ts';
import { ChoiceField } from './ChoiceField.tsx';
import { SmallForm } from './SmallForm.tsx';

type Props = { readonly line: Line; readonly policy: LinePolicy; readonly onClose: () => void };

/** Changes what may leave over a line. What waits there is judged anew. */
export function LineRulesForm({ line, policy, onClose }: Props): ReactElement {
  const { host } = useScreen();
  const [wanted, setWanted] = useState(policy);
  /** As written. */
  const [hours, setHours] = useState(String(policy.liveHours));
  const change = (more: Partial<LinePolicy>): void => setWanted({ ...wanted, ...more });
  const problem = hoursProblem(hours);
  return (
    <SmallForm
      name={`Rules of ${line.label}`}
      action="Save"
      isReady={problem === null}
      onClose={onClose}
      deed={() =>
        host.call('policy.save', {
          lineId: line.id,
          policy: { ...wanted, liveHours: Number(hours) },
        })
      }
    >
      <TextField
        label="Hours a conversation is live"
        hint="Within them an answer leaves at any hour of the day."
        value={hours}
        inputMode="numeric"
        maxLength={3}
        problem={problem}
        onType={setHours}
      />
      <HourChoices wanted={wanted} onChange={change} />
      <ConsentChoices wanted={wanted} onChange={change} />
      <AnswerFields wanted={wanted} onChange={change} />
    </SmallForm>
  );
}

function hoursProblem(hours: string): string | null {
  const isFine = linePolicySchema.shape.liveHours.safeParse(
    /^\d+$/u.test(hours) ? Number(hours) : Number.NaN,
  ).success;
  return isFine ? null : 'A whole number from 1 to 168.';
}

type PartProps = {
  readonly wanted: LinePolicy;
  readonly onChange: (more: Partial<LinePolicy>) => void;
};

function HourChoices({ wanted, onChange }: PartProps): ReactElement {
  return (
    <>
      <ChoiceField
        label="New texts at night"
        hint="By the recipient’s own clock and the hours of their state. Marketing always waits."
        value={wanted.quietHours}
        choices={{
          hold: 'Wait until it is day for them',
          ask: 'Wait, and an agent may send anyway',
          warn: 'Warn before sending',
          off: 'Send at any hour',
        }}
        onChoose={(quietHours) => onChange({ quietHours })}
      />
      <ChoiceField
        label="Risky content"
        hint="Public link shorteners, words that carriers refuse, shapes of phishing."
        value={wanted.content}
        choices={{ warn: 'Warn', refuse: 'Refuse, unless a reason is given' }}
        onChoose={(content) => onChange({ content })}
      />
    </>
  );
}

function ConsentChoices({ wanted, onChange }: PartProps): ReactElement {
  return (
    <>
      <ChoiceField
        label="A first text without consent"
        hint="To somebody who never wrote and of whom no consent is on file."
        value={wanted.firstText}
        choices={{
          warn: 'Warn',
          ask: 'Ask for consent first, and wait',
          forbid: 'Send none',
        }}
        onChoose={(firstText) => onChange({ firstText })}
      />
      <ChoiceField
        label="A number that is not registered"
        hint="Carriers block what leaves from one."
        value={wanted.registration}
        choices={{ refuse: 'Sends nothing', warn: 'Sends, with a warning' }}
        onChoose={(registration) => onChange({ registration })}
      />
      <ChoiceField
        label="A STOP to this line"
        hint="How far it reaches."
        value={wanted.optOutScope}
        choices={{ all: 'Ends texts from all our lines', line: 'Ends texts from this line' }}
        onChoose={(optOutScope) => onChange({ optOutScope })}
      />
      <ChoiceField
        label="How to opt out"
        hint="Added once, to the first text that an agent begins with somebody."
        value={wanted.optOutWording ? 'add' : 'leave'}
        choices={{ leave: 'Is not added', add: 'Is added to the first text' }}
        onChoose={(choice) => onChange({ optOutWording: choice === 'add' })}
      />
    </>
  );
}

function AnswerFields({ wanted, onChange }: PartProps): ReactElement {
  return (
    <>
      <TextField
        label="Answer to HELP"
        isOptional
        maxLength={480}
        hint="Left empty, the usual words go out."
        value={wanted.helpText ?? ''}
        onType={(text) => onChange({ helpText: text.trim() === '' ? null : text })}
      />
      <TextField
        label="Answer to START"
        isOptional
        maxLength={480}
        hint="Left empty, nothing goes out."
        value={wanted.optInText ?? ''}
        onType={(text) => onChange({ optInText: text.trim() === '' ? null : text })}
      />
    </>
  );
}
