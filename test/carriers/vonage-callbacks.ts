import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { apiKey, ours, signatureSecret } from './vonage-account.ts';
import type { VonageBook } from './vonage-book.ts';
import type { TakenText } from './vonage-messages.ts';
import { type SmsMethod, signSms, signWebhook } from './vonage-signing.ts';

/** The carrier's published pauses between tries, 5, 10, 20 … seconds, a thousandth as long. */
const retryPauses = [5, 10, 20, 40, 80, 160, 320];

/** What the local Vonage tells, signed, and again until somebody takes it. */
export class VonageCallbacks {
  secret = signatureSecret;
  smsMethod: SmsMethod = 'sha256';
  /** How the account sends callbacks of the SMS API. */
  smsFormat: 'form' | 'json' = 'form';
  /** Every callback is made twice, or the receipts of a text come in reverse. */
  doubled = false;
  reversed = false;
  readonly #book: VonageBook;
  readonly #telling = new Set<Promise<void>>();
  #closing = false;

  constructor(book: VonageBook) {
    this.#book = book;
  }

  /** A text by the Messages API comes in from a person; resolves when it was told. */
  async receive(message: object, from = '15550100100'): Promise<void> {
    const body = {
      message_uuid: randomUUID(),
      channel: 'sms',
      message_type: 'text',
      from,
      to: ours,
      timestamp: new Date().toISOString(),
      ...message,
    };
    const { inbound_url: hook } = this.#book.hooks();
    await this.#post(hook?.address ?? null, (at) => this.#messageCallback(body, at));
  }

  /** A text by the SMS API, or a part of one, comes in from a person; resolves when it was told. */
  async receiveSms(url: string, sms: Readonly<Record<string, string>>): Promise<void> {
    const parameters = {
      msisdn: '15550100100',
      to: ours,
      messageId: `0B${randomUUID().replaceAll('-', '').slice(0, 14).toUpperCase()}`,
      text: 'hello',
      type: 'text',
      keyword: 'HELLO',
      'api-key': apiKey,
      ...sms,
    };
    await this.#post(url, (at) => this.#smsCallback(parameters, at));
  }

  /** Tells what becomes of a text, where anybody wants to hear it. */
  follow(taken: TakenText): void {
    const statuses = this.#statusesOf(taken);
    const [last = ['submitted']] = statuses.slice(-1);
    taken.text.status = last[0];
    taken.text.errorCode = last[1] ?? '';
    const told = this.reversed ? statuses.toReversed() : statuses;
    const telling = this.#tell(taken, told).finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  /** Stops trying; resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#telling);
  }

  #statusesOf({ text }: TakenText): readonly Status[] {
    const fate = this.#book.fates.get(text.to);
    if (fate?.kind === 'tell') return fate.statuses;
    return text.product === 'SMS' ? [['delivered']] : [['submitted'], ['delivered']];
  }

  async #tell({ text, receiptUrl }: TakenText, statuses: readonly Status[]): Promise<void> {
    const isSms = text.product === 'SMS';
    const url = receiptUrl ?? (isSms ? null : (this.#book.hooks().status_url?.address ?? null));
    for (const status of statuses) {
      const sms = smsReceipt(text, status);
      const message = messageReceipt(text, status);
      await this.#post(url, (at) =>
        isSms ? this.#smsCallback(sms, at) : this.#messageCallback(message, at),
      );
    }
  }

  /** Each try is signed at its own time; what it tells stays the same. */
  async #post(url: string | null, make: (at: number) => RequestInit): Promise<void> {
    if (url === null) return;
    for (let time = 0; time < (this.doubled ? 2 : 1); time += 1)
      for (const wait of retryPauses) {
        if (this.#closing || (await isTaken(url, make(Date.now())))) break;
        await pause(wait);
      }
  }

  #messageCallback(body: object, at: number): RequestInit {
    const bytes = Buffer.from(JSON.stringify(body));
    const authorization = signWebhook(bytes, { at, secret: this.secret });
    const headers = { 'content-type': 'application/json', authorization };
    return { method: 'POST', headers, body: bytes };
  }

  #smsCallback(parameters: Readonly<Record<string, string>>, at: number): RequestInit {
    const pushed = { ...parameters, 'message-timestamp': spaced(at) };
    const signed = signSms(pushed, { at, secret: this.secret, method: this.smsMethod });
    if (this.smsFormat === 'form') return { method: 'POST', body: new URLSearchParams(signed) };
    const headers = { 'content-type': 'application/json' };
    return { method: 'POST', headers, body: JSON.stringify(signed) };
  }
}

type Status = readonly [status: string, code?: string];

async function isTaken(url: string, request: RequestInit): Promise<boolean> {
  try {
    const { status } = await fetch(url, { ...request, redirect: 'manual' });
    return status >= 200 && status <= 205;
  } catch {
    return false;
  }
}

const spaced = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

type Told = TakenText['text'];

function messageReceipt(text: Told, [status, code]: Status): object {
  const type = `https://developer.nexmo.com/api-errors/messages-olympus#${code}`;
  return {
    message_uuid: text.id,
    to: text.to,
    from: text.from,
    timestamp: new Date().toISOString(),
    status,
    channel: text.provider,
    ...(text.clientRef === '' ? {} : { client_ref: text.clientRef }),
    ...(code === undefined
      ? { usage: { currency: 'EUR', price: text.price }, sms: { count_total: '1' } }
      : { error: { type, title: Number(code), detail: 'What went wrong', instance: 'abc' } }),
  };
}

function smsReceipt(text: Told, [status, code]: Status): Readonly<Record<string, string>> {
  return {
    msisdn: text.to,
    to: text.from,
    'network-code': '310260',
    messageId: text.id,
    price: text.price,
    status,
    scts: '2611211000',
    'err-code': code ?? '0',
    'api-key': apiKey,
    ...(text.clientRef === '' ? {} : { 'client-ref': text.clientRef }),
  };
}
