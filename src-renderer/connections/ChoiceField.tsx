import { useId } from 'react';
import type { ReactElement } from 'react';

import { FieldHint, FieldName } from '../controls/TextField.tsx';

type Props<Choice extends string> = {
  readonly label: string;
  readonly hint: string;
  readonly value: Choice;
  /** What can be chosen, in the words it is offered by. */
  readonly choices: Readonly<Record<Choice, string>>;
  readonly onChoose: (choice: Choice) => void;
};

/** One of a few choices, with its name and what it is about. */
export function ChoiceField<Choice extends string>(props: Props<Choice>): ReactElement {
  const { label, hint, value, choices, onChoose } = props;
  const field = useId();
  const options = Object.keys(choices) as Choice[];
  return (
    <div className="form-field">
      <FieldName field={field} label={label} isOptional={false} />
      <select
        id={field}
        value={value}
        aria-describedby={`${field}-hint`}
        onChange={({ target }) => {
          const chosen = options.find((option) => option === target.value);
          if (chosen !== undefined) onChoose(chosen);
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {choices[option]}
          </option>
        ))}
      </select>
      <FieldHint field={field} hint={hint} problem={null} />
    </div>
  );
}
