import type { Asked, CarrierNumber, HookAddress } from '#shared/provider/carrier-lists.ts';
import { findHook } from '#shared/provider/find-hook.ts';

import type { Access, Application } from './access.ts';
import { ask } from './ask.ts';
import { changeNumber } from './change-number.ts';
import { applicationOf, askForNumbers } from './list-numbers.ts';
import { addressOfApplication, readApplication } from './read-application.ts';
import { toVonage } from './vonage-number.ts';
import { type ApplicationWire, type OwnedNumber, applicationShape } from './wire-types.ts';

export type Hooking = { readonly number: CarrierNumber; readonly hooks: readonly HookAddress[] };

/**
 * Points the application at these addresses, then the number at the application. The addresses hold for every number of that
 * application.
 */
export async function configureApplication(
  { access, application }: { readonly access: Access; readonly application: Application },
  { number, hooks }: Hooking,
  deadlineMs: number,
): Promise<Asked<null>> {
  const left = countDown(deadlineMs);
  const read = await readApplication(access, application.id, left());
  if (read.kind === 'not-told') return read;
  const changed = await ask(
    access,
    {
      method: 'PUT',
      url: addressOfApplication(access, application.id),
      by: 'account',
      json: withHooks(read.answer, hooks, application.privateKey !== null),
      shape: applicationShape,
    },
    left(),
  );
  if (changed.kind === 'not-told') return changed;
  const owned = await findOwned(access, number, left());
  if (owned.kind === 'not-told') return owned;
  if (applicationOf(owned.answer) === application.id) return { kind: 'told', answer: null };
  const form = { ...settingsOf(owned.answer), app_id: application.id };
  return await changeNumber(access, { deed: 'update', form }, left());
}

/** Points the number itself at an address for texts by the SMS API; receipts are pointed at theirs with each send. */
export async function configureNumber(
  access: Access,
  { number, hooks }: Hooking,
  deadlineMs: number,
): Promise<Asked<null>> {
  const left = countDown(deadlineMs);
  const owned = await findOwned(access, number, left());
  if (owned.kind === 'not-told') return owned;
  const form = { ...settingsOf(owned.answer), moHttpUrl: findHook(hooks, 'messages') ?? '' };
  return await changeNumber(access, { deed: 'update', form }, left());
}

function countDown(deadlineMs: number): () => number {
  const started = performance.now();
  return () => deadlineMs - (performance.now() - started);
}

/** The whole application again, since what is left out of a change is taken as removed. */
function withHooks(
  { id: _id, _links, ...rest }: ApplicationWire,
  hooks: readonly HookAddress[],
  canSignIn: boolean,
): object {
  const { messages } = rest.capabilities;
  const urls = [
    ['inbound_url', findHook(hooks, 'messages')],
    ['status_url', findHook(hooks, 'receipts')],
  ] as const;
  const given = urls.flatMap(([name, address]) =>
    address === null ? [] : [[name, { address, http_method: 'POST' }] as const],
  );
  return {
    ...rest,
    capabilities: {
      ...rest.capabilities,
      messages: {
        ...messages,
        webhooks: { ...messages?.webhooks, ...Object.fromEntries(given) },
        version: 'v1',
        ...(canSignIn ? { authenticate_inbound_media: true } : {}),
      },
    },
  };
}

const anywhereWithin = '1';

async function findOwned(
  access: Access,
  { number }: CarrierNumber,
  deadlineMs: number,
): Promise<Asked<OwnedNumber>> {
  const msisdn = toVonage(number);
  const parameters = { pattern: msisdn, search_pattern: anywhereWithin, index: '1' };
  const asked = await askForNumbers(access, parameters, deadlineMs);
  if (asked.kind === 'not-told') return asked;
  const owned = asked.answer.numbers.find((each) => each.msisdn === msisdn);
  return owned === undefined
    ? { kind: 'not-told', failure: { kind: 'not-allowed', raw: 'not a number of this account' } }
    : { kind: 'told', answer: owned };
}

/** Every setting a number has: a change replaces them all, so those that stay are sent again. */
function settingsOf(number: OwnedNumber): Readonly<Record<string, string>> {
  const settings = [
    ['country', number.country],
    ['msisdn', number.msisdn],
    ['app_id', applicationOf(number)],
    ['moHttpUrl', number.moHttpUrl],
    ['moSmppSysType', number.moSmppSysType],
    ['voiceCallbackType', number.voiceCallbackType],
    ['voiceCallbackValue', number.voiceCallbackValue],
    ['voiceStatusCallback', number.voiceStatusCallback ?? number.voiceStatusCallbackUrl],
  ] as const;
  return Object.fromEntries(settings.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
