import type { ReactElement } from 'react';

import { Disclosure } from '../../controls/Disclosure.tsx';
import { TextField } from '../../controls/TextField.tsx';
import { addressProblem } from '../reachable.ts';

type Props = {
  readonly value: string;
  /** The carrier has no address of its own. */
  readonly isNeeded: boolean;
  readonly isMissing: boolean;
  readonly onType: (value: string) => void;
};

/** Where the carrier's API is: asked for where it must be, else out of the way. */
export function ApiAddress({ value, isNeeded, isMissing, onType }: Props): ReactElement {
  const wrong = addressProblem(value) ?? (isMissing ? 'The API address is missing.' : null);
  const field = (
    <TextField
      label="API address"
      value={value}
      maxLength={500}
      inputMode="url"
      placeholder="https://api.example.com"
      isOptional={!isNeeded}
      problem={wrong}
      hint={
        isNeeded
          ? 'Where the carrier takes texts; it is in what the carrier wrote to you.'
          : 'Only where the carrier gave you one of your own. Else leave it empty.'
      }
      onType={onType}
    />
  );
  if (isNeeded) return field;
  return (
    <Disclosure title="Advanced" startsOpen={value !== ''}>
      {field}
    </Disclosure>
  );
}
