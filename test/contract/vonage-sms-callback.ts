import type { RawDelivery } from '#shared/provider/delivery.ts';
import { apiKey, ours, signatureSecret } from '#test/carriers/vonage-account.ts';
import { type SmsMethod, signSms } from '#test/carriers/vonage-signing.ts';

import { deliveryOf } from './vonage-desk.ts';

export const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** The parameters of a text that came in by the SMS API. */
export const inbound = {
  'api-key': apiKey,
  msisdn: '15550100100',
  to: ours,
  messageId: '0A0000000123ABCD1',
  text: 'a & b = c + d',
  type: 'text',
  keyword: 'A',
  'message-timestamp': '2026-11-21 10:00:00',
};

type Making = { at?: number; secret?: string; method?: SmsMethod };

/** A callback of the SMS API with these parameters, signed now unless told otherwise. */
export function callback(
  parameters: Readonly<Record<string, string>>,
  making: Making = {},
): RawDelivery {
  const { at = Date.now(), secret = signatureSecret, method = 'sha256' } = making;
  return unsigned(signSms(parameters, { at, secret, method }));
}

/** A callback with exactly these parameters. */
export const unsigned = (parameters: Readonly<Record<string, string>>): RawDelivery =>
  deliveryOf(new URLSearchParams(parameters).toString(), form);
