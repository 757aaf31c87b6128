import { withoutPlus } from '#shared/phone/carrier-number.ts';
import type { Asked, CarrierNumber, HookAddress } from '#shared/provider/carrier-lists.ts';
import { findHook } from '#shared/provider/find-hook.ts';

import type { Access } from './access.ts';
import { makeApplication, setMessageUrl } from './applications.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { readNumber } from './list-numbers.ts';

type Target = { readonly number: CarrierNumber; readonly hooks: readonly HookAddress[] };

/**
 * Has a number's texts sent to us. A number's calls and texts go to one application, which other numbers may share: only its
 * address for texts is changed, and the number never moved to another, which would take its calls away. A number without an
 * application gets a new one. Receipts need no hook, because every text out names its own.
 */
export async function configureHooks(
  access: Access,
  { number: { number }, hooks }: Target,
  deadlineMs: number,
): Promise<Asked<null>> {
  const until = performance.now() + deadlineMs;
  const url = findHook(hooks, 'messages');
  if (url === null) return noAddress;
  const read = await readNumber(access, number, deadlineMs);
  if (read.kind === 'not-told') return read;
  const { applicationId } = read.answer;
  const left = until - performance.now();
  if (applicationId !== null) return await setMessageUrl(access, { applicationId, url }, left);
  const made = await makeApplication(access, { number: withoutPlus(number), url }, left);
  if (made.kind === 'not-told') return made;
  return await attach(access, { number, applicationId: made.answer }, until - performance.now());
}

const noAddress: Asked<never> = {
  kind: 'not-told',
  failure: { kind: 'not-allowed', raw: 'there is no address for texts to be sent to' },
};

async function attach(
  access: Access,
  { number, applicationId }: { readonly number: string; readonly applicationId: string },
  deadlineMs: number,
): Promise<Asked<null>> {
  const path = `Number/${withoutPlus(number)}/`;
  const body = { app_id: applicationId };
  const answer = await callPlivo(access, { method: 'POST', path, body }, deadlineMs);
  const done = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  return done ? { kind: 'told', answer: null } : failedAsking(access, answer);
}
