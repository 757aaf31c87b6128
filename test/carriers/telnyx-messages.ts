import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { analyzeText } from '#shared/text/analyze-text.ts';

import type { TelnyxAccount, TelnyxMessage } from './telnyx-account.ts';
import { Refusal, type TelnyxAnswer } from './telnyx-answer.ts';

const address = z.url({ protocol: /^https?$/ }).max(2_000);

/** Everything the reference names; what it does not name is refused. */
const sendShape = z.strictObject({
  to: z.string(),
  from: z.string().optional(),
  messaging_profile_id: z.string().optional(),
  text: z.string().min(1).optional(),
  media_urls: z.array(address).optional(),
  subject: z.string().optional(),
  type: z.enum(['SMS', 'MMS']).optional(),
  webhook_url: address.optional(),
  webhook_failover_url: address.optional(),
  use_profile_webhooks: z.boolean().optional(),
  auto_detect: z.boolean().optional(),
  encoding: z.enum(['auto', 'gsm7', 'ucs2']).optional(),
  send_at: z.iso.datetime().nullable().optional(),
});
type Send = z.infer<typeof sendShape>;

/** Reads a text to be sent as strictly as it can be read. @throws {Refusal} */
function readSend(body: unknown): Send {
  const read = sendShape.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = issue?.path[0];
  const pointer = `/${issue?.path.join('/')}`;
  if (issue?.code === 'unrecognized_keys')
    throw new Refusal('10015', { detail: 'A field is not known', pointer: `/${issue.keys[0]}` });
  const isAddress = field === 'media_urls' || field === 'webhook_url';
  const isMissing = typeof body === 'object' && body !== null && !(String(field) in body);
  throw new Refusal(isMissing ? '10004' : isAddress ? '10003' : '10015', { pointer });
}

const mostParts = 10;

/** Takes a text or says why not. */
export function takeMessage(account: TelnyxAccount, body: unknown): TelnyxMessage | TelnyxAnswer {
  const send = readSend(body);
  const profileId = profileOf(account, send);
  checkContent(account, send);
  if (!/^(\+[1-9]\d{6,14}|\d{5,6})$/.test(send.to)) throw new Refusal('40310', { pointer: '/to' });
  const refusal = account.refusals.get(send.to);
  if (refusal !== undefined) throw new Refusal(refusal);
  const seconds = account.rateLimited.get(send.to);
  if (seconds !== undefined) return tooFast(seconds);
  const message = outbound(send, profileId);
  account.messages.set(message.id, message);
  return message;
}

/** The profile a text is sent on: the sender's, or the one that is named where the sender is but a name. */
function profileOf(account: TelnyxAccount, { from, messaging_profile_id: named }: Send): string {
  const pointer = '/from';
  if (named !== undefined && !account.profiles.has(named))
    throw new Refusal('10005', { pointer: '/messaging_profile_id' });
  if (from === undefined) throw new Refusal('10004', { pointer });
  const sender =
    account.numbers.find((each) => each.phone_number === from) ??
    account.shortCodes.find((each) => each.short_code === from);
  const isName = /[A-Za-z]/.test(from);
  const profileId = isName ? named : sender?.messaging_profile_id;
  if (profileId == null) throw new Refusal('40305', { pointer });
  return profileId;
}

function checkContent(account: TelnyxAccount, send: Send): void {
  const { from, text = '', media_urls: media = [] } = send;
  if (text === '' && media.length === 0) throw new Refusal('40316');
  if (media.length > 10) throw new Refusal('40317', { pointer: '/media_urls' });
  const sender = account.numbers.find((each) => each.phone_number === from);
  const isPicture = media.length > 0 || send.type === 'MMS';
  if (isPicture && sender?.mms === false) throw new Refusal('40308');
  if (!isPicture && partsOf(text) > mostParts) throw new Refusal('40302');
}

function partsOf(text: string): number {
  return Math.max(1, analyzeText(text).segments.length);
}

function tooFast(seconds: number): TelnyxAnswer {
  const { answer } = new Refusal('10011', {
    detail: 'You have exceeded the maximum number of allowed requests.',
  });
  const headers = {
    'x-ratelimit-limit': '40, 40;w=60',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(seconds),
  };
  return { ...answer, headers };
}

function outbound(send: Send, profileId: string): TelnyxMessage {
  const media = send.media_urls ?? [];
  return {
    ...blank(profileId),
    direction: 'outbound',
    type: send.type ?? (media.length > 0 ? 'MMS' : 'SMS'),
    from: { phone_number: send.from ?? '', carrier: 'Telnyx' },
    to: [{ phone_number: send.to, status: 'queued' }],
    text: send.text ?? null,
    media: media.map((url) => ({ url, content_type: null })),
    encoding: analyzeText(send.text ?? '').encoding,
    parts: partsOf(send.text ?? ''),
    webhook_url: send.webhook_url ?? null,
    webhook_failover_url: send.webhook_failover_url ?? null,
  };
}

type Blank = Omit<
  TelnyxMessage,
  'direction' | 'type' | 'from' | 'to' | 'text' | 'media' | 'encoding' | 'parts'
>;

function blank(profileId: string): Blank {
  return {
    record_type: 'message',
    id: randomUUID(),
    messaging_profile_id: profileId,
    cc: [],
    subject: null,
    received_at: new Date().toISOString().replace('Z', '+00:00'),
    sent_at: null,
    completed_at: null,
    cost: null,
    cost_breakdown: null,
    errors: [],
    tags: [],
    webhook_url: null,
    webhook_failover_url: null,
  };
}

export type Inbound = {
  readonly from: string;
  readonly to: string;
  readonly text: string | null;
  readonly media?: TelnyxMessage['media'];
  readonly type?: string;
  readonly cc?: TelnyxMessage['cc'];
  readonly receivedAt?: number;
};

/** A text that came in for one of the numbers. */
export function inbound(account: TelnyxAccount, arrived: Inbound): TelnyxMessage {
  const owner =
    account.numbers.find((each) => each.phone_number === arrived.to) ??
    account.shortCodes.find((each) => each.short_code === arrived.to);
  const media = arrived.media ?? [];
  const at = new Date(arrived.receivedAt ?? Date.now()).toISOString();
  const message: TelnyxMessage = {
    ...blank(owner?.messaging_profile_id ?? ''),
    direction: 'inbound',
    type: arrived.type ?? (media.length > 0 ? 'MMS' : 'SMS'),
    from: { phone_number: arrived.from, carrier: 'T-MOBILE USA, INC.' },
    to: [{ phone_number: arrived.to, status: 'webhook_delivered' }],
    cc: arrived.cc ?? [],
    text: arrived.text,
    media,
    encoding: analyzeText(arrived.text ?? '').encoding,
    parts: partsOf(arrived.text ?? ''),
    received_at: at.replace('Z', '+00:00'),
    ...charged('0.0040', '0.0000'),
  };
  account.messages.set(message.id, message);
  return message;
}

/** What a text cost: the carrier's own price and the fee of the network it went to. */
export function charged(rate: string, fee: string): Pick<TelnyxMessage, 'cost' | 'cost_breakdown'> {
  const total = (Number(rate) + Number(fee)).toFixed(4);
  const dollars = (amount: string) => ({ amount, currency: 'USD' });
  return {
    cost: dollars(total),
    cost_breakdown: { carrier_fee: dollars(fee), rate: dollars(rate) },
  };
}

/** So long a text can be read. */
const keptMs = 10 * 86_400_000;

export function showMessage(account: TelnyxAccount, id: string): TelnyxAnswer {
  const message = account.messages.get(id);
  if (message === undefined || Date.parse(message.received_at) < Date.now() - keptMs)
    throw new Refusal('10005');
  return { status: 200, body: { data: message } };
}
