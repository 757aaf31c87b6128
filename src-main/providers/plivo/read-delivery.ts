import { fromCarrier } from '#shared/phone/carrier-number.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  type ReceiptReceived,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';
import { readTime } from '#shared/provider/read-time.ts';

import { billingOf } from './billing-of.ts';
import { readCallback } from './read-callback.ts';
import { standingOf } from './text-state.ts';
import type { Callback } from './wire-types.ts';

/** What a callback says. @throws UnreadableDelivery that names the field, never its content */
export function readDelivery(raw: RawDelivery): readonly DeliveryEvent[] {
  const callback = readCallback(raw.body);
  if (callback.kind === 'unreadable') throw new UnreadableDelivery(callback.problem);
  const { fields, media } = callback;
  if (fields.Status !== undefined) return receiptOf(fields, referenceIn(raw.url));
  const { MessageUUID: providerMessageId, From, To, Text, Body, MessageTime } = fields;
  return [
    {
      kind: 'text-received',
      providerMessageId,
      from: fromCarrier(From),
      to: fromCarrier(To),
      // Of pictures the words stand in Body.
      text: Text ?? Body ?? '',
      media,
      part: null,
      sentAt: readTime(MessageTime),
    },
  ];
}

function receiptOf(fields: Callback, reference: string | null): ReceiptReceived[] {
  const standing = standingOf(fields.Status ?? '', fields.ErrorCode);
  if (standing === null) return [];
  const { Units: units, TotalAmount: total_amount } = fields;
  return [
    {
      kind: 'receipt',
      providerMessageId: fields.MessageUUID,
      reference,
      ...standing,
      happenedAt: timeOf(fields),
      billing: billingOf({ units, total_amount }),
    },
  ];
}

/** The latest time that the receipt names; they are named as they are reached. */
function timeOf({ DeliveryReportTime, SentTime, QueuedTime }: Callback): number | null {
  return readTime(DeliveryReportTime) ?? readTime(SentTime) ?? readTime(QueuedTime);
}
