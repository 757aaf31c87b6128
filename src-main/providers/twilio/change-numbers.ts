import type {
  Asked,
  CarrierNumber,
  HookAddress,
  NumberOffer,
} from '#shared/provider/carrier-lists.ts';
import { findHook } from '#shared/provider/find-hook.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { type Service, listServices } from './messaging-services.ts';
import { readNumber } from './read-number.ts';
import { phoneNumberShape, shortCodeShape } from './wire-types.ts';

/** Buys a number, its texts and news of its calls pointed at us from the first moment. */
export async function buyNumber(
  access: Access,
  offer: NumberOffer,
  deadlineMs: number,
): Promise<Asked<CarrierNumber>> {
  const form = new URLSearchParams({ PhoneNumber: offer.number });
  pointTexts(form, access.hooks);
  pointCalls(form, access.hooks);
  const path = `${access.account}/IncomingPhoneNumbers.json`;
  const question = { host: 'api', path, form, shape: phoneNumberShape } as const;
  const asked = await ask(access, question, performance.now() + deadlineMs);
  if (asked.kind === 'not-told') return asked;
  return { kind: 'told', answer: readNumber(asked.answer) };
}

type Pointing = { readonly number: CarrierNumber; readonly hooks: readonly HookAddress[] };

/**
 * Points a number's texts at us; news of its calls too, where nobody else gets them yet. Changes nothing where it would not
 * help, because a messaging service answers for the number.
 */
export async function configureHooks(
  access: Access,
  { number, hooks }: Pointing,
  deadlineMs: number,
): Promise<Asked<null>> {
  const until = performance.now() + deadlineMs;
  const texts = findHook(hooks, 'messages');
  if (number.id === null || texts === null) return impossible('no number or no address for texts');
  if (number.numberType === 'short-code')
    return await pointShortCode(access, number.id, { hooks, until });
  const service = await findOtherService(access, { id: number.id, texts }, until);
  if (service.kind === 'not-told') return service;
  if (service.answer !== null)
    return impossible(`messaging service ${service.answer} answers for this number`);
  return await pointNumber(access, number.id, { hooks, until });
}

function impossible(raw: string): Asked<never> {
  return { kind: 'not-told', failure: { kind: 'not-allowed', raw } };
}

type How = { readonly hooks: readonly HookAddress[]; readonly until: number };

async function pointShortCode(
  access: Access,
  id: string,
  { hooks, until }: How,
): Promise<Asked<null>> {
  const form = new URLSearchParams();
  pointTexts(form, hooks);
  const path = `${access.account}/SMS/ShortCodes/${id}.json`;
  return done(await ask(access, { host: 'api', path, form, shape: shortCodeShape }, until));
}

/* An application would be called in the place of the address, so there must be none. */
async function pointNumber(
  access: Access,
  id: string,
  { hooks, until }: How,
): Promise<Asked<null>> {
  const path = `${access.account}/IncomingPhoneNumbers/${id}.json`;
  const question = { host: 'api', path, shape: phoneNumberShape } as const;
  const now = await ask(access, { ...question, form: null }, until);
  if (now.kind === 'not-told') return now;
  const form = new URLSearchParams({ SmsApplicationSid: '' });
  pointTexts(form, hooks);
  if (!now.answer.status_callback) pointCalls(form, hooks);
  return done(await ask(access, { ...question, form }, until));
}

function done(asked: Asked<unknown>): Asked<null> {
  return asked.kind === 'told' ? { kind: 'told', answer: null } : asked;
}

function pointTexts(form: URLSearchParams, hooks: readonly HookAddress[]): void {
  const url = findHook(hooks, 'messages');
  if (url === null) return;
  form.set('SmsUrl', url);
  form.set('SmsMethod', 'POST');
}

function pointCalls(form: URLSearchParams, hooks: readonly HookAddress[]): void {
  const url = findHook(hooks, 'calls');
  if (url === null) return;
  form.set('StatusCallback', url);
  form.set('StatusCallbackMethod', 'POST');
}

/**
 * The messaging service whose own address is called for a number's texts; null where the number's counts, where both are the
 * same, and where the key may not tell.
 */
async function findOtherService(
  access: Access,
  { id, texts }: { readonly id: string; readonly texts: string },
  until: number,
): Promise<Asked<string | null>> {
  const services = await listServices(access, until);
  if (services.kind === 'not-told')
    return services.failure.kind === 'credentials' ? { kind: 'told', answer: null } : services;
  const found = services.answer.find(({ numbers }) => numbers.includes(id));
  const other = found !== undefined && answersItself(found, texts) ? found.service.sid : null;
  return { kind: 'told', answer: other };
}

function answersItself({ service }: Service, texts: string): boolean {
  return service.use_inbound_webhook_on_number !== true && service.inbound_request_url !== texts;
}
