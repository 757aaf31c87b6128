import type { FailureKind } from '#shared/provider/send-failure.ts';

import { statusWords } from '../outbound/command-status.ts';
import type { Binding } from './bind.ts';

/** What follows from an attempt that failed. `never`: only a person can mend it, and trying on could lock the account. */
export type Trouble = {
  readonly again: 'soon' | 'slowly' | 'never';
  /** For the person at the screen. */
  readonly sentence: string;
  /** Why nothing can be sent meanwhile. */
  readonly kind: FailureKind;
};

type Failed = Exclude<Binding, { kind: 'bound' }>;

const refusals: ReadonlyMap<number, Omit<Trouble, 'kind'> & { kind?: FailureKind }> = new Map([
  [
    0x05,
    {
      again: 'slowly',
      sentence:
        'The carrier says this account is connected already: another program holds it, or an old connection has not ended.',
    },
  ],
  [
    0x0d,
    {
      again: 'slowly',
      sentence:
        'The carrier refused the bind: check the credentials, and whether it allows this machine’s address.',
    },
  ],
  [
    0x0e,
    {
      again: 'never',
      sentence: 'The carrier refused the password: correct it in the connection.',
      kind: 'credentials',
    },
  ],
  [
    0x0f,
    {
      again: 'never',
      sentence: 'The carrier does not know the system id: correct it in the connection.',
      kind: 'credentials',
    },
  ],
]);

const busy: readonly number[] = [0x08, 0x14, 0x58];

/** When to try again after an attempt to bind that failed, and how to put it. */
export function judgeBinding(binding: Failed): Trouble {
  switch (binding.kind) {
    case 'unreachable':
      return {
        again: 'soon',
        sentence: `The carrier cannot be reached: ${binding.reason}.`,
        kind: 'network',
      };
    case 'silent':
      return {
        again: 'soon',
        sentence: `The carrier did not answer the bind: ${binding.reason}.`,
        kind: 'network',
      };
    case 'refused': {
      const known = refusals.get(binding.status);
      if (known !== undefined) return { kind: 'network', ...known };
      return {
        again: busy.includes(binding.status) ? 'soon' : 'slowly',
        sentence: `The carrier refused the bind (${statusWords(binding.status)}).`,
        kind: 'network',
      };
    }
  }
}
