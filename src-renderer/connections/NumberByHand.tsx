import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';

import type { NumberType } from '#shared/message/line.ts';
import { readNumber } from '#shared/phone/read-number.ts';

import { TextField } from '../controls/TextField.tsx';
import { numberWords } from '../new-message/number-words.ts';
import { likelyType, numberTypeWords } from './number-type-words.ts';

/** A number as it was written, checked. */
export type WrittenNumber = { readonly number: string; readonly numberType: NumberType };

type Props = {
  /** Takes the number. @returns whether it was taken, so that the field is empty for the next */
  readonly onAdd: (number: WrittenNumber) => boolean | Promise<boolean>;
  readonly action: string;
};

/** A number written by hand, checked as it is written. */
export function NumberByHand({ onAdd, action }: Props): ReactElement {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<NumberType | null>(null);
  const { tone, words } = numberWords(typed);
  const number = writtenNumber(typed);
  const type = chosen ?? (number === null ? '10dlc' : likelyType(number));
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    if (number === null || !(await onAdd({ number, numberType: type }))) return;
    setTyped('');
    setChosen(null);
  };
  return (
    <form className="by-hand" aria-label="A number by hand" onSubmit={(event) => void add(event)}>
      <TextField
        label="Number"
        value={typed}
        inputMode="tel"
        placeholder="(206) 555-0142"
        problem={tone === 'bad' ? words : null}
        hint={words}
        onType={setTyped}
      />
      <div className="form-field">
        <label className="form-name">
          Type
          <select value={type} onChange={({ target }) => setChosen(asType(target.value))}>
            {Object.entries(numberTypeWords).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button type="submit" className="ghost" disabled={number === null}>
        {action}
      </button>
    </form>
  );
}

/** E.164, or the digits of a short code; null where it is no number. */
function writtenNumber(typed: string): string | null {
  const reading = readNumber(typed);
  switch (reading.kind) {
    case 'number':
      return reading.e164;
    case 'short-code':
      return reading.digits;
    case 'impossible':
      return null;
  }
}

const asType = (value: string): NumberType | null =>
  value in numberTypeWords ? (value as NumberType) : null;
