import type { z } from 'zod';

import { readJson } from '#main/http/read-json.ts';
import { fromCarrier } from '#shared/phone/carrier-number.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';

import { billingOf } from './billing-of.ts';
import { mediaOf } from './media-of.ts';
import { standingOf } from './standing-of.ts';
import { type Event, type Message, eventShape, messageShape } from './wire-types.ts';

/**
 * What an event says. Events about other things, and statuses that nobody knows, say nothing.
 * @throws UnreadableDelivery that names the field, never its content
 */
export function readDelivery(
  raw: RawDelivery,
  numbers: readonly string[],
): readonly DeliveryEvent[] {
  const body = readJson(raw.body);
  if (body === undefined) throw new UnreadableDelivery('the body is not JSON in UTF-8');
  const event = read(eventShape, body, 'an event of API version 2').data;
  switch (event.event_type) {
    case 'message.received':
      return [textOf(messageIn(event, 'inbound'), { event, numbers })];
    case 'message.sent':
    case 'message.finalized':
      return receiptOf(messageIn(event, 'outbound'), { event, raw });
    default:
      return [];
  }
}

function read<Shape extends z.ZodType>(shape: Shape, body: unknown, what: string): z.infer<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new UnreadableDelivery(`the body is not ${what}: ${field || 'body'} is wrong`);
}

function messageIn({ event_type: type, payload }: Event, direction: Message['direction']): Message {
  const message = read(messageShape, payload, `the payload of ${type}`);
  if (message.direction !== direction)
    throw new UnreadableDelivery(`the payload of ${type} has the wrong direction`);
  // A customer's words over a road this line does not have: shown as needing attention, not lost.
  if (message.type != null && message.type !== 'SMS' && message.type !== 'MMS')
    throw new UnreadableDelivery(`the payload of ${type} is neither SMS nor MMS`);
  return message;
}

type Received = { readonly event: Event; readonly numbers: readonly string[] };

function textOf(message: Message, { event, numbers }: Received): DeliveryEvent {
  return {
    kind: 'text-received',
    providerMessageId: message.id,
    from: fromCarrier(message.from.phone_number),
    to: ourNumberIn(message, numbers),
    text: message.text,
    media: mediaOf(message),
    part: null,
    sentAt: message.received_at ?? event.occurred_at,
  };
}

/** A text to a group names us among others, not always first. */
function ourNumberIn({ to, cc }: Message, numbers: readonly string[]): string {
  const recipients = [...to, ...cc].map((each) => fromCarrier(each.phone_number));
  return recipients.find((each) => numbers.includes(each)) ?? recipients[0] ?? '';
}

type Told = { readonly event: Event; readonly raw: RawDelivery };

function receiptOf(message: Message, { event, raw }: Told): readonly DeliveryEvent[] {
  const standing = standingOf(message);
  if (standing === null) return [];
  const told = event.event_type === 'message.sent' ? message.sent_at : message.completed_at;
  return [
    {
      kind: 'receipt',
      providerMessageId: message.id,
      reference: referenceIn(raw.url) ?? referenceIn(message.webhook_url ?? ''),
      ...standing,
      happenedAt: told ?? event.occurred_at,
      billing: billingOf(message),
    },
  ];
}
