import { readJson } from '#main/http/read-json.ts';
import {
  type DeliveryEvent,
  type PartOfText,
  type RawDelivery,
  type ReceiptState,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';
import { type Callback, callbackShape } from './wire-types.ts';

/** What a callback says. @throws UnreadableDelivery that names the field, never its content */
export function readCallback(raw: RawDelivery): readonly DeliveryEvent[] {
  const body = readJson(raw.body);
  if (body === undefined) throw new UnreadableDelivery('the body is not JSON in UTF-8');
  const read = callbackShape.safeParse(body);
  if (read.success) return [understand(read.data)];
  const field = read.error.issues[0]?.path.join('.') ?? '';
  throw new UnreadableDelivery(`the body is not a known callback: ${field || 'body'} is wrong`);
}

function understand(callback: Callback): DeliveryEvent {
  switch (callback.type) {
    case 'message.received':
      return textOf(callback);
    case 'message.status':
      return receiptOf(callback);
    case 'call.ended': {
      const { id: providerCallId, direction, outcome, seconds } = callback.call;
      const sides = sidesOf(callback.call);
      return { kind: 'call', providerCallId, direction, ...sides, outcome, seconds };
    }
    case 'voicemail.left': {
      const { id: providerCallId, direction } = callback.call;
      const { seconds, recording } = callback;
      const sides = sidesOf(callback.call);
      return {
        kind: 'voicemail',
        providerCallId,
        direction,
        ...sides,
        seconds,
        media: [recording],
      };
    }
  }
}

type Told<Type extends Callback['type']> = Extract<Callback, { type: Type }>;

function textOf({ message, occurred_at: sentAt }: Told<'message.received'>): DeliveryEvent {
  const { id: providerMessageId, from, to, text, media } = message;
  const part: PartOfText | null = message.part === null ? null : { ...message.part, width: 8 };
  return { kind: 'text-received', providerMessageId, from, to, text, media, part, sentAt };
}

function receiptOf({ message, occurred_at: happenedAt }: Told<'message.status'>): DeliveryEvent {
  const { id: providerMessageId, reference } = message;
  const { state, failure } = stateOf(message);
  return { kind: 'receipt', providerMessageId, reference, state, failure, happenedAt };
}

type WireState = Pick<Told<'message.status'>['message'], 'status' | 'error_code'>;

/** The carrier's word for where a text stands, in ours. */
export function stateOf(wire: WireState): {
  readonly state: ReceiptState;
  readonly failure: SendFailure | null;
} {
  return wire.status === 'undelivered'
    ? { state: 'failed', failure: failureOf(wire.error_code) }
    : { state: wire.status, failure: null };
}

type Sides = { readonly line: string; readonly peer: string };

function sidesOf(call: { direction: 'in' | 'out'; from: string; to: string }): Sides {
  return call.direction === 'out'
    ? { line: call.from, peer: call.to }
    : { line: call.to, peer: call.from };
}
