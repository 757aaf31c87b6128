import { readJson } from '#main/http/read-json.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  type RemoteMedia,
  type TextReceived,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';
import { readTime } from '#shared/provider/read-time.ts';

import { receiptOf, receiptsOfRecord } from './receipts-of-record.ts';
import {
  type Callback,
  type MediumWire,
  type MessageWire,
  type OldText,
  callbackShape,
  oldTextShape,
} from './wire-types.ts';

/**
 * What a callback says, or the carrier's own record put in its place: a text in, or where a text out stands.
 * @throws UnreadableDelivery that names the field, never its content
 */
export function readDelivery(raw: RawDelivery): readonly DeliveryEvent[] {
  const body = unwrap(readJson(raw.body));
  if (body === undefined) throw new UnreadableDelivery('the body is not JSON in UTF-8');
  const old = oldTextShape.safeParse(body).data;
  if (old !== undefined) return [oldText(old)];
  const read = callbackShape.safeParse(body);
  if (read.success) return understand(read.data, referenceIn(raw.url));
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new UnreadableDelivery(`the body is not a known callback: ${field || 'body'} is wrong`);
}

/** Some roads wrap the whole once more in `data`. */
export function unwrap(body: unknown): unknown {
  const inner = isObject(body) ? body['data'] : undefined;
  return isObject(inner) && isObject(inner['data']) ? inner : body;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The media among what is included; other things there say nothing to us. */
export function mediaIn(included: Callback['included']): MediumWire[] {
  return (included ?? []).filter(
    (each): each is MediumWire => each.type === 'media' && 'attributes' in each,
  );
}

export function remoteMedia({ attributes }: MediumWire): RemoteMedia {
  return { url: attributes.url, type: attributes.mime_type ?? null };
}

function understand({ data, included }: Callback, reference: string | null): DeliveryEvent[] {
  if (data.type === 'delivery_receipt') {
    const receipt = receiptOf(data.id, data.attributes, reference);
    return receipt === null ? [] : [receipt];
  }
  if (data.attributes.direction === 'outbound') return receiptsOfRecord(data, reference);
  return [textOf(data, mediaIn(included).map(remoteMedia))];
}

function textOf({ id, attributes }: MessageWire, media: readonly RemoteMedia[]): TextReceived {
  return {
    kind: 'text-received',
    providerMessageId: id,
    from: fromCarrier(attributes.from),
    to: fromCarrier(attributes.to),
    text: attributes.body ?? '',
    media,
    part: null,
    sentAt: readTime(attributes.timestamp),
  };
}

function oldText({ id, from, to, body: text }: OldText): TextReceived {
  return {
    kind: 'text-received',
    providerMessageId: id,
    from: fromCarrier(from),
    to: fromCarrier(to),
    text,
    media: [],
    part: null,
    sentAt: null,
  };
}
