import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { type TelnyxAccount, type TelnyxNumber, makeNumber } from './telnyx-account.ts';
import { Refusal, type TelnyxAnswer, pageOf } from './telnyx-answer.ts';
import type { TelnyxQuery } from './telnyx-query.ts';

const largestPage = 250;

export function listPhoneNumbers(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  const status = query.take('filter[status]');
  const digits = query.take('filter[phone_number]');
  query.take('handle_messaging_profile_error');
  const rows = account.numbers
    .filter((each) => status === undefined || each.status === status)
    .filter((each) => digits === undefined || hasDigits(each, digits))
    .map((each) => ({
      record_type: 'phone_number',
      id: each.id,
      phone_number: each.phone_number,
      phone_number_type: each.phone_number_type,
      status: each.status,
      country_iso_alpha2: 'US',
      customer_reference: each.customer_reference,
      connection_id: each.connection_id,
      messaging_profile_id: each.messaging_profile_id,
      tags: [],
    }));
  return pageOf(rows, query.takePage(largestPage));
}

/** Anything but digits finds nothing. */
function hasDigits({ phone_number: number }: TelnyxNumber, digits: string): boolean {
  return /^\d{3,}$/.test(digits) && number.includes(digits);
}

const twoWay = {
  domestic_two_way: true,
  international_inbound: true,
  international_outbound: false,
};

function settingsOf(each: TelnyxNumber): Record<string, unknown> {
  return {
    record_type: 'messaging_settings',
    id: each.id,
    phone_number: each.phone_number,
    messaging_profile_id: each.messaging_profile_id,
    country_code: 'US',
    type: each.phone_number_type === 'toll_free' ? 'toll-free' : 'long-code',
    features: { sms: each.sms ? twoWay : null, mms: each.mms ? twoWay : null },
    messaging_product: 'A2P',
    traffic_type: 'A2P',
  };
}

export function listMessagingSettings(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  const numbers = query.take('filter[phone_number]')?.split(',');
  const profile = query.take('filter[messaging_profile_id]');
  const rows = account.numbers
    .filter((each) => numbers === undefined || numbers.includes(each.phone_number))
    .filter((each) => profile === undefined || each.messaging_profile_id === profile);
  return pageOf(rows.map(settingsOf), query.takePage(largestPage));
}

/** The numbers on one profile. */
export function listNumbersOf(
  account: TelnyxAccount,
  profile: string,
  query: TelnyxQuery,
): TelnyxAnswer {
  if (!account.profiles.has(profile)) throw new Refusal('10005');
  const rows = account.numbers.filter((each) => each.messaging_profile_id === profile);
  return pageOf(rows.map(settingsOf), query.takePage(largestPage));
}

export function showMessagingSettings(account: TelnyxAccount, id: string): TelnyxAnswer {
  return { status: 200, body: { data: settingsOf(numberWith(account, id)) } };
}

const assignShape = z.strictObject({ messaging_profile_id: z.string() });

export function changeMessagingSettings(
  account: TelnyxAccount,
  id: string,
  body: unknown,
): TelnyxAnswer {
  const number = numberWith(account, id);
  number.messaging_profile_id = readProfileId(account, body);
  return showMessagingSettings(account, id);
}

function readProfileId(account: TelnyxAccount, body: unknown): string | null {
  const read = assignShape.safeParse(body).data;
  if (read === undefined) throw new Refusal('10015', { pointer: '/messaging_profile_id' });
  const { messaging_profile_id: profile } = read;
  if (profile === '') return null;
  if (!account.profiles.has(profile)) throw new Refusal('10005');
  return profile;
}

function numberWith(account: TelnyxAccount, id: string): TelnyxNumber {
  const found = account.numbers.find((each) => each.id === id);
  if (found === undefined) throw new Refusal('10005');
  return found;
}

export function listShortCodes(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  return pageOf(account.shortCodes, query.takePage(largestPage));
}

export function showShortCode(account: TelnyxAccount, id: string): TelnyxAnswer {
  const data = account.shortCodes.find((each) => each.id === id);
  if (data === undefined) throw new Refusal('10005');
  return { status: 200, body: { data } };
}

export function changeShortCode(account: TelnyxAccount, id: string, body: unknown): TelnyxAnswer {
  const code = account.shortCodes.find((each) => each.id === id);
  if (code === undefined) throw new Refusal('10005');
  code.messaging_profile_id = readProfileId(account, body);
  return { status: 200, body: { data: code } };
}

/** The 10DLC family has pages and names of its own. */
export function listAssignments(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  const page = query.takeWhole('page') ?? 1;
  const size = Math.min(query.takeWhole('recordsPerPage') ?? 10, 500);
  const records = account.assignments.slice((page - 1) * size, page * size);
  return { status: 200, body: { records, page, totalRecords: account.assignments.length } };
}

/** So has the toll-free family, and here the pages must be named. */
export function listVerifications(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  const page = query.takeWhole('page');
  const size = query.takeWhole('page_size');
  if (page === undefined || size === undefined) throw new Refusal('10004');
  const records = account.verifications.slice((page - 1) * size, page * size);
  return { status: 200, body: { records, total_records: account.verifications.length } };
}

export function searchAvailable(account: TelnyxAccount, query: TelnyxQuery): TelnyxAnswer {
  if (query.take('filter[country_code]') !== 'US') throw new Refusal('10015');
  const type = query.take('filter[phone_number_type]');
  const features = query.take('filter[features]')?.split(',') ?? [];
  const limit = query.takeWhole('filter[limit]') ?? 50;
  const area = query.take('filter[national_destination_code]') ?? '';
  const start = query.take('filter[phone_number][starts_with]') ?? '';
  if (!/^(true|false)$/.test(query.take('filter[best_effort]') ?? 'false'))
    throw new Refusal('10015');
  const rows = account.available
    .filter((each) => String(each['phone_number']).startsWith(`+1${area}${start}`))
    .filter((each) => type === undefined || typeOf(each) === type)
    .filter((each) => features.every((name) => JSON.stringify(each['features']).includes(name)));
  const data = rows.slice(0, limit);
  return { status: 200, body: { data, meta: { total_results: data.length } } };
}

function typeOf(offer: Record<string, unknown>): string {
  return makeNumber(String(offer['phone_number'])).phone_number_type;
}

const orderShape = z.strictObject({
  phone_numbers: z.array(z.strictObject({ phone_number: z.string().regex(/^\+\d+$/) })).length(1),
  messaging_profile_id: z.string().optional(),
  connection_id: z.string().optional(),
  customer_reference: z.string().optional(),
});

export function orderNumber(account: TelnyxAccount, body: unknown): TelnyxAnswer {
  const order = orderShape.safeParse(body).data;
  const number = order?.phone_numbers[0]?.phone_number;
  if (order === undefined || number === undefined) throw new Refusal('10015');
  if (!account.available.some((each) => each['phone_number'] === number))
    throw new Refusal('85000', {
      detail: 'The number is not available',
      pointer: '/phone_numbers',
    });
  const id = randomUUID();
  const profileId = order.messaging_profile_id ?? null;
  account.orders.set(id, { id, number, profileId, status: 'pending', looks: 0 });
  return { ...showOrder(account, id), status: 200 };
}

/** An order is filled some looks after it was placed. */
export function showOrder(account: TelnyxAccount, id: string): TelnyxAnswer {
  const order = account.orders.get(id);
  if (order === undefined) throw new Refusal('10005');
  const { status, afterLooks } = account.ordersEnd;
  if (order.status === 'pending' && order.looks >= afterLooks) {
    order.status = status;
    if (status === 'success')
      account.numbers.push(makeNumber(order.number, { messaging_profile_id: order.profileId }));
  }
  order.looks += 1;
  const phone_numbers = [{ phone_number: order.number, status: order.status }];
  const data = { record_type: 'number_order', id, status: order.status, phone_numbers };
  return { status: 200, body: { data } };
}
