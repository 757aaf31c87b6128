import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { NumberType } from '#shared/message/line.ts';
import { fromCarrier, withoutPlus } from '#shared/phone/carrier-number.ts';
import type {
  Asked,
  CarrierNumber,
  CredentialTest,
  ListPage,
} from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { applicationIn, readMessageUrl } from './applications.ts';
import { callPlivo, failedAsking } from './call-plivo.ts';
import { pageSize } from './listing.ts';
import { registrationOf } from './registration-of.ts';
import { type NumberWire, accountShape, numberShape, numbersShape } from './wire-types.ts';

/** One page of the numbers of the account, with where each one's texts go now. */
export async function listNumbers(
  access: Access,
  cursor: string | null,
  deadlineMs: number,
): Promise<Asked<ListPage<CarrierNumber>>> {
  const until = performance.now() + deadlineMs;
  const offset = /^\d{1,9}$/.test(cursor ?? '') ? Number(cursor) : 0;
  const query = { limit: String(pageSize), offset: String(offset) };
  const answer = await callPlivo(access, { method: 'GET', path: 'Number/', query }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = numbersShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  const urls = await messageUrls(access, page.objects, until);
  const rows = page.objects.map((wire) => asNumber(wire, urls.get(wire.application ?? '') ?? null));
  const more = page.meta.next != null && rows.length > 0;
  return { kind: 'told', answer: { rows, next: more ? String(offset + rows.length) : null } };
}

/** By the path of the application. Numbers share applications, so each is asked for once. */
async function messageUrls(
  access: Access,
  wires: readonly NumberWire[],
  until: number,
): Promise<ReadonlyMap<string, string | null>> {
  const paths = [...new Set(wires.map(({ application }) => application ?? ''))];
  const left = until - performance.now();
  const found = paths.map(async (path): Promise<[string, string | null]> => {
    const id = applicationIn(path);
    return [path, id === null ? null : await readMessageUrl(access, id, left)];
  });
  return new Map(await Promise.all(found));
}

/** One number of the account, with the id of its application. */
export async function readNumber(
  access: Access,
  number: string,
  deadlineMs: number,
): Promise<Asked<{ readonly number: CarrierNumber; readonly applicationId: string | null }>> {
  const path = `Number/${withoutPlus(number)}/`;
  const answer = await callPlivo(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const wire = numberShape.safeParse(readJson(answer.body)).data;
  if (wire === undefined) return notOfShape;
  const applicationId = applicationIn(wire.application);
  return { kind: 'told', answer: { number: asNumber(wire, null), applicationId } };
}

/** The account's own page costs nothing and needs the credentials, so it tests them. */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const answer = await callPlivo(access, { method: 'GET', path: '' }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const account = accountShape.safeParse(readJson(answer.body)).data;
  if (account === undefined) return notOfShape;
  const { name, cash_credits: credits } = account;
  const told = [name, credits == null ? null : `${credits} USD`].filter((each) => each != null);
  return { kind: 'told', answer: { account: told.length === 0 ? null : told.join(', ') } };
}

function asNumber(wire: NumberWire, hookUrl: string | null): CarrierNumber {
  const number = fromCarrier(wire.number);
  return {
    number,
    id: null,
    label: wire.alias == null || wire.alias === '' ? null : wire.alias,
    numberType: numberTypeOf(number, wire.number_type),
    sms: wire.sms_enabled === true,
    mms: wire.mms_enabled === true,
    voice: wire.voice_enabled === true,
    hookUrl,
    registration: registrationOf(wire),
  };
}

export function numberTypeOf(number: string, written: string | null | undefined): NumberType {
  if (/^toll-?free$/i.test(written ?? '')) return 'toll-free';
  return /^\+1\d{10}$/.test(number) ? '10dlc' : 'other';
}
