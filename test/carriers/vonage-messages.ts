import type { ApiCall, ApiReply } from './loopback-api.ts';
import { isOfAccount, problem, type TokenJudge, unauthorized } from './vonage-account.ts';
import type { BookedText, Fate, VonageBook } from './vonage-book.ts';

/** A text that was taken, and where its receipts go where it says so itself. */
export type TakenText = { readonly text: BookedText; readonly receiptUrl: string | null };

type Body = Record<string, unknown>;

const mediaTypes = ['image', 'audio', 'video', 'vcard', 'file'];
const known = new Set([
  'channel',
  'message_type',
  'from',
  'to',
  'client_ref',
  'webhook_url',
  'webhook_version',
  'ttl',
  'text',
  'content',
  'sms',
  'trusted_recipient',
  ...mediaTypes,
]);

const invalid = (name: string, reason: string, code = '1020'): ApiReply =>
  problem(422, `/messages#${code}`, {
    title: 'Invalid params',
    detail: 'The value of one or more parameters is invalid.',
    invalid_parameters: [{ name, reason }],
  });

const titles: Readonly<Record<string, string>> = {
  '1120': 'Invalid sender',
  '1170': 'Invalid or Missing Msisdn Param',
  '1240': 'Illegal Number',
};

/** A refusal with this code, as the Messages API makes one. */
export function refusal(code: string): ApiReply {
  const title = titles[code] ?? 'Rejected';
  return problem(422, `/messages#${code}`, { title, detail: `${title}, says the carrier.` });
}

/** `POST /v1/messages`, as strict as its documentation. */
export class MessagesDoor {
  readonly #book: VonageBook;
  readonly #judge: TokenJudge;
  readonly #onTaken: (taken: TakenText) => void;

  constructor(book: VonageBook, judge: TokenJudge, onTaken: (taken: TakenText) => void) {
    this.#book = book;
    this.#judge = judge;
    this.#onTaken = onTaken;
  }

  answer(call: ApiCall): ApiReply {
    if (!isOfAccount(call) && !this.#judge.isOfApplication(call)) return unauthorized;
    if (call.headers['content-type'] !== 'application/json')
      return problem(415, '#unsupported-media-type', { title: 'Unsupported Media Type' });
    const body = readObject(call.body);
    if (body === null) return problem(400, '#invalid-json', { title: 'Malformed JSON' });
    return complaintAbout(body, this.#book) ?? this.#take(body);
  }

  #take(body: Body): ApiReply {
    const fate = this.#book.fates.get(String(body['to']));
    const stopped = stop(fate);
    if (stopped !== null) return stopped;
    const text = this.#book.book({
      product: 'MESSAGES',
      direction: 'outbound',
      provider: String(body['channel']),
      from: String(body['from']),
      to: String(body['to']),
      text: wordsOf(body),
      clientRef: String(body['client_ref'] ?? ''),
      price: '0.00850000',
    });
    const receiptUrl = typeof body['webhook_url'] === 'string' ? body['webhook_url'] : null;
    this.#onTaken({ text, receiptUrl });
    return { status: 202, body: { message_uuid: text.id } };
  }
}

function readObject(bytes: Uint8Array): Body | null {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Body)
      : null;
  } catch {
    return null;
  }
}

function stop(fate: Fate | undefined): ApiReply | null {
  if (fate?.kind === 'refuse') return refusal(fate.code);
  if (fate?.kind !== 'throttle') return null;
  const headers = fate.retryAfter === null ? {} : { 'retry-after': fate.retryAfter };
  const body = {
    type: 'https://developer.nexmo.com/api-errors/messages#1000',
    title: 'Throttled',
    detail: 'You have exceeded the submission capacity allowed on this account.',
  };
  return { status: 429, headers, body };
}

const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;
const isUrl = (value: unknown): boolean => typeof value === 'string' && URL.canParse(value);
const encodings = new Set(['text', 'unicode', 'auto', undefined]);

type Rule = readonly [
  broken: (body: Body, book: VonageBook) => boolean,
  complaint: (body: Body) => ApiReply,
];

/** Each rule with its refusal, in the order they are looked at. */
const rules: readonly Rule[] = [
  [
    (body) => Object.keys(body).some((name) => !known.has(name)),
    (body) => invalid(Object.keys(body).find((name) => !known.has(name)) ?? '', 'is unknown'),
  ],
  [
    ({ to }) => typeof to !== 'string' || !/^[1-9]\d{6,14}$/.test(to),
    () => invalid('to', 'must be in E.164 format without a plus', '1170'),
  ],
  [({ from }, book) => typeof from !== 'string' || !book.owns(from), () => refusal('1120')],
  [
    ({ client_ref: given }) => given !== undefined && !isText(given, 100),
    () => invalid('client_ref', 'must be text of at most 100 characters'),
  ],
  [
    ({ webhook_url: given }) => given !== undefined && !isUrl(given),
    () => invalid('webhook_url', 'is no URL'),
  ],
  [
    ({ webhook_version: given = 'v1' }) => given !== 'v1' && given !== 'v0.1',
    () => invalid('webhook_version', 'must be v0.1 or v1'),
  ],
  [
    ({ channel }) => channel !== 'sms' && channel !== 'mms',
    () => invalid('channel', 'must be a known channel'),
  ],
];

/** What holds for a text alone. */
const textRules: readonly Rule[] = [
  [({ text }) => !isText(text, Infinity), () => invalid('text', 'is required', '1010')],
  [({ text }) => !isText(text, 1_000), () => refusal('1090')],
  [
    ({ sms }) => !encodings.has((sms as { encoding_type?: string } | undefined)?.encoding_type),
    () => invalid('sms', 'encoding_type is unknown'),
  ],
];

/** What holds for attachments. */
const mediaRules: readonly Rule[] = [
  [({ channel }) => channel !== 'mms', () => invalid('message_type', 'must be text')],
  [({ text }) => text !== undefined, () => invalid('text', 'is not a parameter of this type')],
];

function complaintAbout(body: Body, book: VonageBook): ApiReply | null {
  const isTextAlone = body['message_type'] === 'text';
  const all = [...rules, ...(isTextAlone ? textRules : mediaRules)];
  const rule = all.find(([isBroken]) => isBroken(body, book));
  if (rule !== undefined) return rule[1](body);
  return isTextAlone ? null : complaintAboutMedia(body);
}

type Item = { readonly type: string; readonly url?: string; readonly caption?: string };

function complaintAboutMedia(body: Body): ApiReply | null {
  const type = String(body['message_type']);
  const items = type === 'content' ? body['content'] : [{ type, ...(body[type] as object) }];
  if (!Array.isArray(items) || items.length === 0) return invalid('content', 'is required');
  for (const item of items as Item[]) {
    const wrong = complaintAboutItem(item);
    if (wrong !== null) return wrong;
  }
  return null;
}

function complaintAboutItem({ type, url = '', caption }: Item): ApiReply | null {
  if (!mediaTypes.includes(type)) return invalid('message_type', 'must be a known type');
  if (!/^https?:\/\/[^/]+\/./.test(url)) return invalid(type, 'url is no URL');
  const isPicture = /\.(jpe?g|png|gif)$/i.test(new URL(url).pathname);
  if (type === 'image' && !isPicture) return invalid('image', 'must be jpg, png or gif');
  const hasWrongCaption = caption !== undefined && !isText(caption, 2_000);
  return hasWrongCaption ? invalid(type, 'caption is too short or long') : null;
}

function wordsOf(body: Body): string {
  const type = String(body['message_type']);
  const [first] = type === 'content' ? (body['content'] as { caption?: string }[]) : [];
  const single = body[type] as { caption?: string } | string | undefined;
  if (type === 'text') return String(body['text']);
  return (type === 'content' ? first?.caption : (single as { caption?: string }).caption) ?? '';
}
