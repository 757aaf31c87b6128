import type { Billing } from '#shared/provider/billing.ts';
import {
  type DeliveryEvent,
  type PartOfText,
  type RawDelivery,
  type ReceiptState,
  UnreadableDelivery,
} from '#shared/provider/delivery.ts';
import { readMicros } from '#shared/provider/read-micros.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOfCode } from './failure-codes.ts';
import { readParameters } from './sms-parameters.ts';
import { understood } from './understood.ts';
import { fromVonage } from './vonage-number.ts';
import {
  type InboundSms,
  type SmsReceipt,
  inboundSmsShape,
  smsReceiptShape,
} from './wire-types.ts';

/** What the SMS API charges in; its callbacks and reports name no currency. */
export const smsCurrency = 'EUR';

/** What a callback of the SMS API says. @throws UnreadableDelivery that names the field, never its content */
export function readSms(raw: RawDelivery): readonly DeliveryEvent[] {
  const parameters = readParameters(raw);
  if (parameters === null)
    throw new UnreadableDelivery('the body is neither a form nor flat JSON, in UTF-8');
  const body = Object.fromEntries(parameters);
  return parameters.has('status')
    ? receiptOf(understood(smsReceiptShape, body))
    : [textOf(understood(inboundSmsShape, body))];
}

function textOf(sms: InboundSms): DeliveryEvent {
  return {
    kind: 'text-received',
    providerMessageId: sms.messageId,
    from: fromVonage(sms.msisdn),
    to: fromVonage(sms.to),
    text: sms.text,
    media: [],
    part: partOf(sms),
    sentAt: sms['message-timestamp'] ?? null,
  };
}

/** Long texts come in parts. How wide their reference was in the header is not told; the smaller width is the usual one. */
function partOf(sms: InboundSms): PartOfText | null {
  if (sms.concat === 'false') return null;
  const reference = (sms['concat-ref'] ?? 0) % 65_536;
  return {
    reference,
    width: reference > 255 ? 16 : 8,
    total: sms['concat-total'] ?? 1,
    sequence: sms['concat-part'] ?? 1,
  };
}

const states: ReadonlyMap<string, ReceiptState> = new Map([
  ['submitted', 'sent'],
  ['accepted', 'sent'],
  ['buffered', 'sent'],
  ['unknown', 'sent'],
  ['delivered', 'delivered'],
  ['expired', 'failed'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
  ['deleted', 'failed'],
]);

/** The state a status of the SMS API stands for; undefined where it is not one that is known. */
export function stateOfSms(status: string): ReceiptState | undefined {
  return states.get(status.toLowerCase());
}

/** Why a text by the SMS API failed. A code of 0 is none. */
export function failureOfSms(status: string, code: string | null | undefined): SendFailure {
  if (code != null && code !== '' && code !== '0') return failureOfCode('receipt', code, status);
  return { kind: status.toLowerCase() === 'expired' ? 'expired' : 'unmapped', raw: status };
}

function receiptOf(wire: SmsReceipt): readonly DeliveryEvent[] {
  const state = stateOfSms(wire.status);
  if (state === undefined) return [];
  return [
    {
      kind: 'receipt',
      providerMessageId: wire.messageId,
      reference: wire['client-ref'] ?? null,
      state,
      failure: state === 'failed' ? failureOfSms(wire.status, wire['err-code']) : null,
      happenedAt: wire['message-timestamp'] ?? null,
      billing: billingOf(wire.price),
    },
  ];
}

/** The price of one part, in the currency of the account. */
function billingOf(price: string | undefined): Billing | null {
  const priceMicros = readMicros(price);
  if (priceMicros === null) return null;
  return { segments: 1, priceMicros, feeMicros: null, currency: smsCurrency };
}
