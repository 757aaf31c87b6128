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
  // The first versions of the API had records, and ids, of their own.
  const path = `/${told.id.startsWith('mdr1-') ? 'v2' : 'v2.2'}/messages/${told.id}`;
  const answer = await callFlowroute(access, { method: 'GET', path }, deadlineMs);
  const young = Date.now() - raw.receivedAt < lag;
  if (answer.kind === 'answered' && answer.status === 404)
    return young ? notYet('HTTP 404') : { kind: 'denied' };
  if (answer.kind !== 'answered' || answer.status !== 200)
    return { kind: 'unclear', failure: failedAsking(access, answer).failure };
  const record = recordShape.safeParse(unwrap(readJson(answer.body))).data;
  if (record?.data.id !== told.id) return notYet('an answer of another shape');
  return compare(record, { raw, told, young });
}

type Told = { readonly id: string; readonly callback: Callback | null };

function readTold({ body }: RawDelivery): Told | null {
  const content = unwrap(readJson(body));
  const old = oldTextShape.safeParse(content).data;
  if (old !== undefined) return { id: old.id, callback: null };
  const callback = callbackShape.safeParse(content).data;
  return callback === undefined ? null : { id: callback.data.id, callback };
}

type CarriersCopy = Pick<Callback, 'included'> & { readonly data: MessageWire };
type Delivered = { readonly raw: RawDelivery; readonly told: Told; readonly young: boolean };

function compare(copy: CarriersCopy, { raw, told, young }: Delivered): Confirmation {
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
  return young ? notYet('the record does not tell of this receipt yet') : inPlace(copy);
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

function notYet(raw: string): Confirmation {
  return { kind: 'unclear', failure: { kind: 'carrier-trouble', raw } };
}
