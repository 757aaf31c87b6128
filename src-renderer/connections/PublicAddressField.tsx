import type { ReactElement } from 'react';

import { TextField } from '../controls/TextField.tsx';
import { addressProblem } from './reachable.ts';

type Props = { readonly value: string; readonly onType: (value: string) => void };

/** The address under which the internet reaches the relay. */
export function PublicAddressField({ value, onType }: Props): ReactElement {
  return (
    <TextField
      label="Public address"
      value={value}
      maxLength={500}
      inputMode="url"
      placeholder="https://texts.example.com"
      isOptional
      problem={addressProblem(value)}
      hint="Where the internet reaches the relay of this program: that of your server, tunnel or port forwarding, without the path."
      onType={onType}
    />
  );
}
