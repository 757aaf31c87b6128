import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type MessageRow, TwilioAccount } from './twilio-account.ts';
import { answerTwilio } from './twilio-answer.ts';
import { type HookCall, callHook } from './twilio-hooks.ts';
import { type ApiCall, Refused, type Reply } from './twilio-reply.ts';

/** A text that comes in from outside. */
export type Incoming = {
  readonly from: string;
  readonly to: string;
  readonly body?: string;
  readonly media?: readonly { readonly type: string; readonly bytes: Uint8Array }[];
  /** Further fields of the hook's form. */
  readonly more?: Readonly<Record<string, string>>;
};

/** News of a text out, as its callback tells it. */
export type News = { readonly status: string; readonly error?: readonly [number, string] };

/**
 * Twilio on loopback: strict, as documented, all its hosts at one address. It acts when told to: texts are taken as they come, and
 * nothing is called back before a test says so. Closed by `await using`.
 */
export class TwilioCarrier implements AsyncDisposable {
  readonly account = new TwilioAccount();
  /** Every call of the API, oldest first. */
  readonly calls: ApiCall[] = [];
  /** Every try to call a hook, oldest first. */
  readonly hookCalls: HookCall[] = [];
  /** Authorization headers that came to where pictures are stored; none belongs there. */
  readonly leaked: string[] = [];
  readonly #api: Server;
  readonly #storage: Server;
  readonly #storesApart: boolean;

  private constructor(storesApart: boolean) {
    this.#storesApart = storesApart;
    this.#api = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    this.#storage = createServer((request, response) => this.#serveMedia(request, response));
  }

  /** Pictures lie on a server of their own, as they truly do, unless told otherwise. */
  static async start({ storesApart = true } = {}): Promise<TwilioCarrier> {
    const carrier = new TwilioCarrier(storesApart);
    await Promise.all([listen(carrier.#api), listen(carrier.#storage)]);
    return carrier;
  }

  get url(): string {
    return urlOf(this.#api);
  }

  get storageUrl(): string {
    return this.#storesApart ? urlOf(this.#storage) : `${this.url}/stored`;
  }

  /** A text comes in: it is kept, and the number's hook is called. */
  async receive({ from, to, body = '', media = [], more = {} }: Incoming): Promise<MessageRow> {
    const { account } = this;
    const row: MessageRow = {
      sid: account.nextSid(media.length > 0 ? 'MM' : 'SM'),
      from,
      to,
      body,
      direction: 'inbound',
      media: media.map((each) => ({ sid: account.nextSid('ME'), ...each })),
      service: null,
      statusCallback: null,
      createdAt: Date.now(),
      status: 'received',
      sentAt: Date.now(),
      price: '-0.00750',
      segments: Math.max(1, Math.ceil(body.length / 160)),
      error: null,
    };
    account.messages.push(row);
    const number = account.numbers.find((each) => each.number === to);
    const { smsUrl: url = '', smsFallbackUrl: fallback = '' } = number ?? {};
    await this.#call({ url, fallback, fields: { ...this.#incomingFields(row), ...more } });
    return row;
  }

  /** News of a text out, one callback each, in this order; `order` may turn or double it. */
  async tell(
    sid: string,
    news: readonly News[],
    order: 'in order' | 'reversed' | 'doubled' = 'in order',
  ): Promise<void> {
    const row = this.account.messages.find((each) => each.sid === sid);
    if (row === undefined) throw new Error(`no message ${sid}`);
    const told = order === 'doubled' ? news.flatMap((each) => [each, each]) : news;
    for (const { status, error = null } of order === 'reversed' ? told.toReversed() : told) {
      row.status = status;
      row.error = error;
      row.sentAt ??= Date.now();
      row.price = '-0.00790';
      row.segments = Math.max(row.segments, 1);
      const fields = this.#newsFields(row);
      await this.#call({ url: row.statusCallback ?? '', fallback: '', fields });
    }
  }

  /** A call ended: the number's callback is told. */
  async endCall(fields: Readonly<Record<string, string>>, number: string): Promise<void> {
    const row = this.account.numbers.find((each) => each.number === number);
    const all = { AccountSid: this.account.sid, ApiVersion: '2010-04-01', ...fields };
    await this.#call({ url: row?.statusCallback ?? '', fallback: '', fields: all });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = [this.#api, this.#storage].map(
      (server) => new Promise((resolve) => server.close(resolve)),
    );
    this.#api.closeAllConnections();
    this.#storage.closeAllConnections();
    await Promise.all(closed);
  }

  async #call(hook: Parameters<typeof callHook>[1]): Promise<void> {
    this.hookCalls.push(...(await callHook(this.account.tokens[0] ?? '', hook)));
  }

  #incomingFields(row: MessageRow): Record<string, string> {
    const { account } = this;
    const media = row.media.flatMap(({ sid, type }, at) => [
      [
        `MediaUrl${at}`,
        `${this.url}/2010-04-01/Accounts/${account.sid}/Messages/${row.sid}/Media/${sid}`,
      ],
      [`MediaContentType${at}`, type],
    ]);
    return {
      ToCountry: 'US',
      ToState: '',
      SmsMessageSid: row.sid,
      NumMedia: String(row.media.length),
      ReferralNumMedia: '0',
      ...Object.fromEntries(media),
      SmsSid: row.sid,
      FromCity: '',
      SmsStatus: 'received',
      Body: row.body,
      To: row.to,
      NumSegments: String(row.segments),
      MessageSid: row.sid,
      AccountSid: account.sid,
      From: row.from,
      ApiVersion: '2010-04-01',
    };
  }

  #newsFields({ sid, status, from, to, error }: MessageRow): Record<string, string> {
    return {
      SmsSid: sid,
      SmsStatus: status,
      MessageStatus: status,
      To: to,
      MessageSid: sid,
      AccountSid: this.account.sid,
      From: from,
      ApiVersion: '2010-04-01',
      ...(error === null ? {} : { ErrorCode: String(error[0]), ErrorMessage: error[1] }),
      ...(status.endsWith('delivered') ? { RawDlrDoneDate: '2601061500' } : {}),
    };
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/stored/') === true) return this.#serveMedia(request, response);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const { status, body, headers } = this.#reply(request, Buffer.concat(chunks));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === null ? '' : JSON.stringify(body));
  }

  #reply(request: IncomingMessage, body: Buffer): Reply {
    try {
      const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
      const call: ApiCall = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        form: readForm(request, body),
      };
      this.calls.push(call);
      return answerTwilio(this.account, call, {
        authorization: request.headers.authorization ?? '',
        storageUrl: this.storageUrl,
      });
    } catch (error) {
      if (error instanceof Refused) return error.reply;
      throw error;
    }
  }

  #serveMedia({ url, headers }: IncomingMessage, response: ServerResponse): void {
    if (headers.authorization !== undefined) this.leaked.push(headers.authorization);
    const media = this.account.messages.flatMap((row) => row.media);
    const found = media.find(({ sid }) => url?.endsWith(`/${sid}`));
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
  }
}

function readForm({ method, headers }: IncomingMessage, body: Buffer): URLSearchParams {
  if (method !== 'POST') return new URLSearchParams();
  const type = headers['content-type'] ?? '';
  if (!/^application\/x-www-form-urlencoded\b/.test(type))
    throw new Refused(415, [20001, `Unsupported content type ${type}`]);
  return new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(body));
}

async function listen(server: Server): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
