import type { Asked, CarrierNumber, ListPage } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { ask } from './ask.ts';
import { type Service, listServices } from './messaging-services.ts';
import { noSuchPlace, readPlace } from './page-places.ts';
import { readNumber, readShortCode } from './read-number.ts';
import { readRegistrations } from './registrations.ts';
import { phoneNumbersShape, shortCodesShape } from './wire-types.ts';

type Numbers = Asked<ListPage<CarrierNumber>>;

/** One page of the account's numbers. Its short codes, which the carrier lists apart, follow the last of them. */
export async function listNumbers(
  access: Access,
  cursor: string | null,
  deadlineMs: number,
): Promise<Numbers> {
  const until = performance.now() + deadlineMs;
  const path = readPlace(cursor ?? `${access.account}/IncomingPhoneNumbers.json?PageSize=1000`);
  if (path === null) return noSuchPlace;
  return path.includes('/SMS/ShortCodes.json')
    ? await listShortCodes(access, path, until)
    : await listPhoneNumbers(access, path, until);
}

async function listPhoneNumbers(access: Access, path: string, until: number): Promise<Numbers> {
  const question = { host: 'api', path, form: null, shape: phoneNumbersShape } as const;
  const asked = await ask(access, question, until);
  if (asked.kind === 'not-told') return asked;
  const numbers = asked.answer.incoming_phone_numbers.map(readNumber);
  const services = await listServices(access, until);
  const registrations = await readRegistrations(access, { numbers, services }, until);
  const next = asked.answer.next_page_uri ?? `${access.account}/SMS/ShortCodes.json?PageSize=1000`;
  const rows = numbers.map((number) => ({
    ...number,
    hookUrl: hookOf(number, services.kind === 'told' ? services.answer : []),
    registration: registrations.get(number.number) ?? null,
  }));
  return { kind: 'told', answer: { rows, next } };
}

/** A messaging service calls an address of its own for the texts of its numbers, unless it leaves that to them. */
function hookOf({ id, hookUrl }: CarrierNumber, services: readonly Service[]): string | null {
  const service = services.find(({ numbers }) => numbers.includes(id ?? ''))?.service;
  const own = service === undefined || service.use_inbound_webhook_on_number === true;
  return own ? hookUrl : service.inbound_request_url || null;
}

/* A key that may not read short codes is no reason to tell of no numbers at all. */
async function listShortCodes(access: Access, path: string, until: number): Promise<Numbers> {
  const question = { host: 'api', path, form: null, shape: shortCodesShape } as const;
  const asked = await ask(access, question, until);
  if (asked.kind === 'told') {
    const { short_codes: codes, next_page_uri: next = null } = asked.answer;
    return { kind: 'told', answer: { rows: codes.map(readShortCode), next } };
  }
  const forbidden = ['credentials', 'not-allowed'].includes(asked.failure.kind);
  return forbidden ? { kind: 'told', answer: { rows: [], next: null } } : asked;
}
