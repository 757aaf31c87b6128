import type { ReactElement } from 'react';

import { TextField } from '../controls/TextField.tsx';

type Props = {
  /** Hours that are offered first. */
  readonly usual: number;
  /** As written; null where a line is not checked by itself. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

/** What is wrong with the hours as written; null where nothing is. */
export function hoursProblem(written: string): string | null {
  const hours = Number(written);
  const isRight = /^\d{1,3}$/.test(written) && hours >= 1 && hours <= 168;
  return isRight ? null : 'A whole number from 1 to 168.';
}

/** Whether a line is checked by itself, and how often. */
export function CheckHours({ usual, value, onChange }: Props): ReactElement {
  return (
    <>
      <label className="by-itself">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={({ target }) => onChange(target.checked ? String(usual) : null)}
        />{' '}
        Check by itself
      </label>
      {value === null ? null : (
        <TextField
          label="Hours between checks"
          inputMode="numeric"
          maxLength={3}
          value={value}
          problem={hoursProblem(value)}
          hint="From 1 to 168."
          onType={(typed) => onChange(typed.trim())}
        />
      )}
    </>
  );
}
