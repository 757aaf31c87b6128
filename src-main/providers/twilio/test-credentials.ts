import { z } from 'zod';

import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { balanceShape, phoneNumbersShape } from './wire-types.ts';

/**
 * Are the credentials good? Reading one number needs no more right than any key has. The auth token is tried too where a key
 * stands before it, because hooks are signed with it; so is the messaging service where one is named.
 */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const until = performance.now() + deadlineMs;
  const { tokenAuthorization } = access;
  const tests = [
    () => readOneNumber(access, until),
    () =>
      tokenAuthorization === null
        ? null
        : readOneNumber({ ...access, authorization: tokenAuthorization }, until),
    () => findService(access, until),
  ];
  for (const test of tests) {
    const asked = await test();
    if (asked?.kind === 'not-told') return asked;
  }
  return { kind: 'told', answer: { account: await readBalance(access, until) } };
}

async function readOneNumber(access: Access, until: number): Promise<Asked<unknown>> {
  const path = `${access.account}/IncomingPhoneNumbers.json?PageSize=1`;
  return await ask(access, { host: 'api', path, form: null, shape: phoneNumbersShape }, until);
}

async function findService(access: Access, until: number): Promise<Asked<unknown> | null> {
  if (access.messagingServiceSid === null) return null;
  const path = `/v1/Services/${access.messagingServiceSid}`;
  const shape = z.object({ sid: z.literal(access.messagingServiceSid) });
  return await ask(access, { host: 'messaging', path, form: null, shape }, until);
}

/** What is left, such as `12.34 USD`; null where the carrier does not tell, as for accounts below another. */
async function readBalance(access: Access, until: number): Promise<string | null> {
  const path = `${access.account}/Balance.json`;
  const asked = await ask(access, { host: 'api', path, form: null, shape: balanceShape }, until);
  return asked.kind === 'told' ? `${asked.answer.balance} ${asked.answer.currency}` : null;
}
