import { analyzeText } from '#shared/text/analyze-text.ts';

import type { ApiCall, ApiReply } from './loopback-api.ts';
import { apiKey, apiSecret, isOfAccount } from './vonage-account.ts';
import type { BookedText, VonageBook } from './vonage-book.ts';
import type { TakenText } from './vonage-messages.ts';

type Parameters = Readonly<Record<string, string>>;

const known = new Set([
  'api_key',
  'api_secret',
  'from',
  'to',
  'text',
  'type',
  'client-ref',
  'callback',
  'status-report-req',
  'ttl',
]);

/** The SMS API says what it thinks in an answer of 200. */
const failed = (status: string, words: string): ApiReply => ({
  status: 200,
  body: { 'message-count': '1', messages: [{ status, 'error-text': words }] },
});

/** A refusal with this status, as the SMS API makes one. */
export const smsRefusal = (status: string): ApiReply => failed(status, `Refused with ${status}`);

/** `POST /sms/json`: the documented form with key and secret in it, or JSON by Basic as the carrier's own client sends it. */
export class SmsDoor {
  readonly #book: VonageBook;
  readonly #onTaken: (taken: TakenText) => void;

  constructor(book: VonageBook, onTaken: (taken: TakenText) => void) {
    this.#book = book;
    this.#onTaken = onTaken;
  }

  answer(call: ApiCall): ApiReply {
    const given = readParameters(call);
    if (given === null) return failed('2', 'Missing params');
    const byParameters = given['api_key'] === apiKey && given['api_secret'] === apiSecret;
    if (!byParameters && !isOfAccount(call)) return failed('4', 'Bad Credentials');
    return complaintAbout(given, this.#book) ?? this.#take(given);
  }

  #take(given: Parameters): ApiReply {
    const { to = '', from = '', text = '', callback } = given;
    const fate = this.#book.fates.get(to);
    if (fate?.kind === 'refuse') return smsRefusal(fate.code);
    if (fate?.kind === 'throttle') return failed('1', 'Throughput Rate Exceeded - please wait');
    const parts = analyzeText(text).segments.map((segment) =>
      this.#book.book({
        product: 'SMS',
        direction: 'outbound',
        provider: 'sms',
        from,
        to,
        text: segment.text,
        clientRef: given['client-ref'] ?? '',
        price: '0.03330000',
      }),
    );
    for (const part of parts) this.#onTaken({ text: part, receiptUrl: callback ?? null });
    const messages = parts.map(answerOf);
    return { status: 200, body: { 'message-count': String(parts.length), messages } };
  }
}

const answerOf = ({ id, to, price, clientRef }: BookedText): object => ({
  to,
  'message-id': id,
  status: '0',
  'remaining-balance': '3.14159265',
  'message-price': price,
  network: '310260',
  ...(clientRef === '' ? {} : { 'client-ref': clientRef }),
});

function readParameters({ headers, body }: ApiCall): Parameters | null {
  const type = headers['content-type'] ?? '';
  try {
    if (type === 'application/json') return JSON.parse(body.toString()) as Parameters;
    if (type !== 'application/x-www-form-urlencoded') return null;
    return Object.fromEntries(new URLSearchParams(body.toString()));
  } catch {
    return null;
  }
}

type Rule = readonly [broken: (given: Parameters, book: VonageBook) => boolean, string, string];

/** Each rule with the status and the words of its refusal, in the order they are looked at. */
const rules: readonly Rule[] = [
  [({ to, from, text }) => !to || !from || !text, '2', 'Missing to, from or text param'],
  [(given) => Object.keys(given).some((name) => !known.has(name)), '3', 'Invalid param'],
  [({ to = '' }) => !/^\d{7,15}$/.test(to), '3', 'Invalid to param'],
  [({ from = '' }, book) => !book.owns(from), '15', 'Illegal Sender Address - rejected'],
  [({ type = 'text' }) => type !== 'text' && type !== 'unicode', '3', 'Invalid type param'],
  [({ text = '' }) => text.length > 3_200, '12', 'Message too long'],
  [
    ({ type, text = '' }) => type !== 'unicode' && analyzeText(text).encoding !== 'GSM-7',
    '6',
    'Unroutable message - rejected: not of this type',
  ],
  [(given) => (given['client-ref'] ?? '').length > 40, '3', 'Invalid client-ref param'],
  [({ callback = 'http://x/' }) => !URL.canParse(callback), '23', 'Invalid callback URL'],
];

function complaintAbout(given: Parameters, book: VonageBook): ApiReply | null {
  const rule = rules.find(([isBroken]) => isBroken(given, book));
  return rule === undefined ? null : failed(rule[1], rule[2]);
}
