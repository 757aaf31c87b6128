import type { ReactElement } from 'react';

import { TextField } from '../../controls/TextField.tsx';
import { addressProblem } from '../reachable.ts';

type Props = {
  readonly value: string;
  /** The carrier has no address of its own. */
  readonly isNeeded: boolean;
  readonly isMissing: boolean;
  readonly onType: (value: string) => void;
};

/** Where the carrier's API is. */
export function ApiAddress({ value, isNeeded, isMissing, onType }: Props): ReactElement {
  const wrong = addressProblem(value) ?? (isMissing ? 'The API address is missing.' : null);
  return (
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
}
