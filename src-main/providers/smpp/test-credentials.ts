import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { meaningOf, statusWords } from './outbound/command-status.ts';
import type { Profile } from './profile.ts';
import { CarrierAnswerer } from './session/answer-carrier.ts';
import { type Binding, bind, unbind } from './session/bind.ts';

const alreadyBound = 0x05;
const good: Asked<CredentialTest> = { kind: 'told', answer: { account: null } };

/**
 * Binds and unbinds, as a transmitter, so that no customer's text comes in where nobody keeps it. `isBound`: our own session
 * stands, which is proof enough where the carrier has room for no second one.
 */
export async function testCredentials(
  profile: Profile,
  deadlineMs: number,
  isBound: boolean,
): Promise<Asked<CredentialTest>> {
  const until = Date.now() + deadlineMs;
  const binding = await bind('transmitter', {
    profile,
    times: { connect: deadlineMs, bind: deadlineMs },
    onQuestion: new CarrierAnswerer(() => Promise.reject(new Error('not kept'))).answer,
    signal: AbortSignal.timeout(Math.max(0, deadlineMs)),
  });
  if (binding.kind === 'bound') {
    await unbind(binding.link, Math.max(0, until - Date.now()));
    return good;
  }
  if (isBound && binding.kind === 'refused' && binding.status === alreadyBound) return good;
  return { kind: 'not-told', failure: failureOf(binding) };
}

function failureOf(binding: Exclude<Binding, { kind: 'bound' }>): SendFailure {
  switch (binding.kind) {
    case 'unreachable':
      return { kind: 'network', raw: binding.reason };
    case 'silent':
      return { kind: 'no-answer', raw: binding.reason };
    case 'refused': {
      const { status } = binding;
      const { kind } = meaningOf(status);
      return { kind, raw: `${statusWords(status)}${explanations.get(status) ?? ''}` };
    }
  }
}

const explanations: ReadonlyMap<number, string> = new Map([
  [alreadyBound, ' (another program holds the bind of this account)'],
  [0x0d, ' (the credentials, or the address of this machine is not allowed)'],
  [0x0e, ' (the password)'],
  [0x0f, ' (the system id)'],
]);
