import { notOfShape } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { NumberType } from '#shared/message/line.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import type {
  Asked,
  CarrierNumber,
  CredentialTest,
  ListPage,
} from '#shared/provider/carrier-lists.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { cursorAfter, pageQuery } from './offset-pages.ts';
import { type NumberWire, numbersShape } from './wire-types.ts';

const pageSize = 200;

/** One page of the numbers of the account. */
export async function listNumbers(
  access: Access,
  cursor: string | null,
  deadlineMs: number,
): Promise<Asked<ListPage<CarrierNumber>>> {
  const path = `/v2/numbers?${pageQuery(cursor, pageSize)}`;
  const answer = await callFlowroute(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const page = numbersShape.safeParse(readJson(answer.body)).data;
  if (page === undefined) return notOfShape;
  const rows = page.data.map(({ attributes }) => asNumber(attributes));
  return { kind: 'told', answer: { rows, next: cursorAfter(cursor, pageSize, page) } };
}

/** Listing one number costs nothing and needs the keys, so it tests them. */
export async function testCredentials(
  access: Access,
  deadlineMs: number,
): Promise<Asked<CredentialTest>> {
  const answer = await callFlowroute(
    access,
    { method: 'GET', path: '/v2/numbers?limit=1' },
    deadlineMs,
  );
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(access, answer);
  const isList = numbersShape.safeParse(readJson(answer.body)).success;
  return isList ? { kind: 'told', answer: { account: null } } : notOfShape;
}

/**
 * The carrier tells neither hooks nor registration of a number. Where it does not say that messaging is switched off, it is taken
 * to be on; every number that texts takes pictures too.
 */
export function asNumber(wire: NumberWire): CarrierNumber {
  const texts = wire.messaging_enabled !== false;
  return {
    number: fromCarrier(wire.value),
    id: null,
    label: wire.alias == null || wire.alias === '' ? null : wire.alias,
    numberType: numberTypeOf(wire.number_type),
    sms: texts,
    mms: texts,
    voice: true,
    hookUrl: null,
    registration: null,
  };
}

export function numberTypeOf(written: string | null | undefined): NumberType {
  if (/^toll-?free$/i.test(written ?? '')) return 'toll-free';
  return /^(longcode|standard)$/i.test(written ?? '') ? '10dlc' : 'other';
}
