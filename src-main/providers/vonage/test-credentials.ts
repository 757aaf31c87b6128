import type { Asked, CredentialTest } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask, failedAsking } from './ask.ts';
import { callVonage } from './call-vonage.ts';
import { readApplication } from './read-application.ts';
import { balanceShape } from './wire-types.ts';

/** Vonage keeps every account in euros. */
const currency = 'EUR';

/** Asks for the balance by key and secret, for the application by its id, and for a call by its private key. */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const started = performance.now();
  const left = (): number => deadlineMs - (performance.now() - started);
  const balance = await askForBalance(access, left());
  if (balance.kind === 'not-told' || access.application === null) return balance;
  const application = await readApplication(access, access.application.id, left());
  if (application.kind === 'not-told') return application;
  return access.application.privateKey === null ? balance : await signIn(access, balance, left());
}

async function askForBalance(access: Access, deadlineMs: number): Promise<Asked<CredentialTest>> {
  const url = `${access.restUrl}/account/get-balance`;
  const call = { method: 'GET', url, by: 'account', shape: balanceShape } as const;
  const asked = await ask(access, call, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const account = `balance ${asked.answer.value.toFixed(2)} ${currency}`;
  return { kind: 'told', answer: { account } };
}

const signedIn = (status: number): boolean => status < 500 && status !== 401 && status !== 429;

/** An application without calls may be told that it has none to see; only 401 says that the key is wrong. */
async function signIn(
  access: Access,
  good: Asked<CredentialTest>,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const url = `${access.apiUrl}/v1/calls?page_size=10`;
  const called = await callVonage(access, { method: 'GET', url, by: 'application' }, deadlineMs);
  const { answer } = called;
  return answer.kind === 'answered' && signedIn(answer.status) ? good : failedAsking(called);
}
