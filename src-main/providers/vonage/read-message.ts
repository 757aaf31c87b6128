import { readJson } from '#main/http/read-json.ts';
import type { Billing } from '#shared/provider/billing.ts';
import {
  type DeliveryEvent,
  type RawDelivery,
  type ReceiptState,
  type RemoteMedia,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { referenceIn } from '#shared/provider/find-hook.ts';
import { readMicros } from '#shared/provider/read-micros.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOfCode } from './failure-codes.ts';
import { understood } from './understood.ts';
import { fromVonage } from './vonage-number.ts';
import {
  type InboundMessage,
  type MessageStatus,
  inboundMessageShape,
  messageStatusShape,
} from './wire-types.ts';

/** What a callback of the Messages API says. @throws UnreadableDelivery that names the field, never its content */
export function readMessage(raw: RawDelivery): readonly DeliveryEvent[] {
  const body = readJson(raw.body);
  if (typeof body !== 'object' || body === null)
    throw new UnreadableDelivery('the body is not a JSON object in UTF-8');
  return 'status' in body
    ? receiptOf(understood(messageStatusShape, body), raw.url)
    : [textOf(understood(inboundMessageShape, body))];
}

function textOf(message: InboundMessage): DeliveryEvent {
  const { text, media } = contentOf(message);
  if (message.message_type !== 'text' && media.length + text.length === 0)
    throw new UnreadableDelivery(
      `the body is not a known callback: ${message.message_type} is wrong`,
    );
  return {
    kind: 'text-received',
    providerMessageId: message.message_uuid,
    from: fromVonage(message.from),
    to: fromVonage(message.to),
    text,
    media,
    part: null,
    sentAt: message.timestamp ?? null,
  };
}

/** The main part stands under its type, the others beside it or in `content`; captions are words like any other. */
function contentOf(message: InboundMessage): { text: string; media: readonly RemoteMedia[] } {
  const { image, audio, video, file, vcard, content } = message;
  const parts = [...image, ...audio, ...video, ...file, ...vcard, ...(content ?? [])];
  const said = parts.map((part) => ('text' in part ? part.text : part.caption));
  const texts = [message.text, ...said].filter((each) => each != null && each !== '');
  const urls = parts.flatMap((part) => ('url' in part ? [part.url] : []));
  return {
    text: [...new Set(texts)].join('\n'),
    media: [...new Set(urls)].map((url) => ({ url, type: null })),
  };
}

const states: ReadonlyMap<string, ReceiptState> = new Map([
  ['submitted', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['rejected', 'failed'],
  ['undeliverable', 'failed'],
]);

/** The state a status of the Messages API stands for; undefined where it is not one that is known. */
export function stateOfMessage(status: string): ReceiptState | undefined {
  return states.get(status.toLowerCase());
}

function receiptOf(wire: MessageStatus, url: string): readonly DeliveryEvent[] {
  const state = stateOfMessage(wire.status);
  if (state === undefined) return [];
  return [
    {
      kind: 'receipt',
      providerMessageId: wire.message_uuid,
      reference: wire.client_ref ?? referenceIn(url),
      state,
      failure: state === 'failed' ? failureOf(wire) : null,
      happenedAt: wire.timestamp ?? null,
      billing: billingOf(wire),
    },
  ];
}

/** `undeliverable` without a code: Vonage could not reach the network. */
function failureOf({ status, error }: MessageStatus): SendFailure {
  const title = error?.title ?? '';
  const anchor = error?.type?.split('#')[1] ?? '';
  const code = /^\d+$/.test(title) || anchor === '' ? title : anchor;
  if (code !== '') return failureOfCode('message', code, error?.detail);
  return { kind: status === 'undeliverable' ? 'carrier-trouble' : 'unmapped', raw: status };
}

function billingOf({ usage, sms }: MessageStatus): Billing | null {
  if (usage == null) return null;
  const segments = sms?.count_total ?? null;
  return {
    segments,
    priceMicros: readMicros(usage.price),
    feeMicros: null,
    currency: usage.currency,
  };
}
