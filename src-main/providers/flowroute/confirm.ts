import { setTimeout as pause } from 'node:timers/promises';

import { readJson } from '#main/http/read-json.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { Confirmation } from '#shared/provider/provider.ts';

import { type Access, callFlowroute, failedAsking } from './call-flowroute.ts';
import { mediaOrigins } from './media-origins.ts';
import { mediaIn, unwrap } from './read-delivery.ts';
import {
  type Callback,
  type MediumWire,
  type MessageWire,
  callbackShape,
  oldTextShape,
  recordShape,
} from './wire-types.ts';

/** The carrier's record may lag behind its callback: so long, in milliseconds, a missing one says nothing. */
const lag = 120_000;
/** Most often it lags by no more than this, so it is looked at a second time. Milliseconds. */
const secondLook = 750;

/**
 * Asks the carrier for the record a callback tells of and puts that in its place. A call that cannot be understood has nothing
 * to confirm and stays as it is, to be kept unread.
 */
export async function confirm(
  access: Access,
  raw: RawDelivery,
  deadlineMs: number,
): Promise<Confirmation> {
  const told = readTold(raw);
  if (told === null) return { kind: 'confirmed', raw };
  const until = performance.now() + deadlineMs;
  const first = await look(access, { raw, told }, deadlineMs);
  if (first.kind !== 'not-yet') return first;
  await pause(Math.min(secondLook, deadlineMs / 2));
  const second = await look(access, { raw, told }, until - performance.now());
  return second.kind === 'not-yet' ? whenStillMissing(raw, second) : second;
}

type Told = { readonly id: string; readonly callback: Callback | null };
type Delivered = { readonly raw: RawDelivery; readonly told: Told };
/** What it comes to where the carrier never tells more. */
type NotYet = {
  readonly kind: 'not-yet';
  readonly missing: string;
  readonly finally: Confirmation;
};

function whenStillMissing(raw: RawDelivery, { missing, finally: last }: NotYet): Confirmation {
  if (Date.now() - raw.receivedAt >= lag) return last;
  return { kind: 'unclear', failure: { kind: 'carrier-trouble', raw: missing } };
}

async function look(
  access: Access,
  { raw, told }: Delivered,
  deadlineMs: number,
): Promise<Confirmation | NotYet> {
  // The first versions of the API had records, and ids, of their own.
  const path = `/${told.id.startsWith('mdr1-') ? 'v2' : 'v2.2'}/messages/${told.id}`;
  const answer = await callFlowroute(access, { method: 'GET', path }, deadlineMs);
  if (answer.kind === 'answered' && answer.status === 404)
    return { kind: 'not-yet', missing: 'HTTP 404', finally: { kind: 'denied' } };
  if (answer.kind !== 'answered' || answer.status !== 200)
    return { kind: 'unclear', failure: failedAsking(access, answer).failure };
  const record = recordShape.safeParse(unwrap(readJson(answer.body))).data;
  return record?.data.id === told.id ? compare(record, { raw, told }) : otherShape;
}

const otherShape: Confirmation = {
  kind: 'unclear',
  failure: { kind: 'carrier-trouble', raw: 'an answer of another shape' },
};

function readTold({ body }: RawDelivery): Told | null {
  const content = unwrap(readJson(body));
  const old = oldTextShape.safeParse(content).data;
  if (old !== undefined) return { id: old.id, callback: null };
  const callback = callbackShape.safeParse(content).data;
  return callback === undefined ? null : { id: callback.data.id, callback };
}

type CarriersCopy = Pick<Callback, 'included'> & { readonly data: MessageWire };

function compare(copy: CarriersCopy, { raw, told }: Delivered): Confirmation | NotYet {
  const { callback } = told;
  const inPlace = (body: CarriersCopy): Confirmation => ({
    kind: 'confirmed',
    raw: { ...raw, body: new TextEncoder().encode(JSON.stringify(body)) },
  });
  if (callback?.data.type !== 'delivery_receipt')
    return inPlace({ ...copy, included: withAddresses(copy, callback) });
  if (copy.data.attributes.direction !== 'outbound') return { kind: 'denied' };
  if (knows(copy.data, callback.data.attributes.status)) return inPlace(copy);
  // The record of a picture message never holds receipts: that it is ours must do.
  if (copy.data.attributes.is_mms === true && isSilent(copy.data))
    return { kind: 'confirmed', raw };
  const missing = 'the record does not tell of this receipt yet';
  return { kind: 'not-yet', missing, finally: inPlace(copy) };
}

function knows({ attributes }: MessageWire, status: string | null | undefined): boolean {
  const told = [attributes, ...(attributes.delivery_receipts ?? [])].map((each) => each.status);
  return told.includes(status);
}

function isSilent({ attributes }: MessageWire): boolean {
  return (attributes.delivery_receipts ?? []).length === 0 && (attributes.status ?? '') === '';
}

/**
 * The record names its media but need not hold their addresses, which are made for one download. Then those of the callback do,
 * for media that the record names and in the carrier's own store.
 */
function withAddresses(copy: CarriersCopy, callback: Callback | null): MediumWire[] {
  const held = mediaIn(copy.included);
  const missing = (copy.data.relationships?.media?.data ?? [])
    .map(({ id }) => id)
    .filter((id) => !held.some((each) => each.id === id));
  const lent = mediaIn(callback?.included).filter(
    (each) =>
      missing.includes(each.id) && mediaOrigins.includes(new URL(each.attributes.url).origin),
  );
  return [...held, ...lent];
}
