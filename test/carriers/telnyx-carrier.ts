import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type TelnyxAccount, type TelnyxMessage, keyFrom, openAccount } from './telnyx-account.ts';
import { Refusal, type TelnyxAnswer, complain } from './telnyx-answer.ts';
import { type Inbound, charged, inbound, showMessage, takeMessage } from './telnyx-messages.ts';
import * as numbers from './telnyx-numbers.ts';
import * as profiles from './telnyx-profiles.ts';
import { TelnyxQuery } from './telnyx-query.ts';
import { searchRecords } from './telnyx-records.ts';
import { TelnyxWebhooks } from './telnyx-webhooks.ts';

/** A call the carrier took, refused or not. */
export type TelnyxCallTaken = {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
  readonly status: number;
};

type Call = {
  readonly account: TelnyxAccount;
  readonly query: TelnyxQuery;
  readonly id: string;
  readonly body: unknown;
};

const picture = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

/** How long it takes to deliver by itself, in milliseconds, where the carrier is asked to. */
const deliveryMs = 10;

/**
 * A Telnyx on loopback, version 2 of its API as documented: it refuses what it does not know, remembers what it took, and
 * tells of texts by signed webhooks. Closed by `await using`.
 */
export class TelnyxCarrier implements AsyncDisposable {
  readonly account: TelnyxAccount;
  readonly webhooks: TelnyxWebhooks;
  readonly calls: TelnyxCallTaken[] = [];
  /** Deliver every text that is taken without being told to. */
  deliversByItself = false;
  readonly #server: Server;

  private constructor(apiKey: string, secret: string) {
    this.account = openAccount(apiKey);
    this.webhooks = new TelnyxWebhooks(keyFrom(secret));
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** `secret` are the words its signing key is made from. */
  static async start({ apiKey = 'KEY0123', secret = 'telnyx' } = {}): Promise<TelnyxCarrier> {
    const carrier = new TelnyxCarrier(apiKey, secret);
    await new Promise<void>((resolve) => carrier.#server.listen(0, '127.0.0.1', resolve));
    return carrier;
  }

  /** The origin; the API lies below `/v2`, attachments below `/media`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A text arrives for one of the numbers. */
  receive(arrived: Inbound): TelnyxMessage {
    const message = inbound(this.account, arrived);
    this.tell('message.received', message, Date.parse(message.received_at));
    return message;
  }

  /** A text that was taken has got so far; the cost is told with its end. */
  advance(
    id: string,
    status: string,
    more: Partial<Pick<TelnyxMessage, 'errors' | 'cost' | 'cost_breakdown'>> = {},
  ): TelnyxMessage {
    const message = this.account.messages.get(id);
    const [recipient] = message?.to ?? [];
    if (message === undefined || recipient === undefined) throw new Error(`no text ${id}`);
    recipient.status = status;
    const now = new Date().toISOString().replace('Z', '+00:00');
    const isEnd = status !== 'sent';
    message.sent_at ??= now;
    if (isEnd) Object.assign(message, { completed_at: now, ...charged('0.0040', '0.0030') });
    Object.assign(message, more);
    this.tell(isEnd ? 'message.finalized' : 'message.sent', message);
    return message;
  }

  /** Posts an event to where it belongs: the text's own addresses, or else its profile's. */
  tell(type: string, message: TelnyxMessage, at = Date.now()): void {
    const profile = this.account.profiles.get(message.messaging_profile_id);
    const own = [message.webhook_url, message.webhook_failover_url];
    const shared = [profile?.webhook_url ?? null, profile?.webhook_failover_url ?? null];
    this.webhooks.post({ type, payload: message, at }, [...own, ...shared]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
    await this.webhooks.settled();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const url = new URL(request.url ?? '/', this.url);
    if (request.method === 'GET' && url.pathname.startsWith('/media/'))
      return void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
    const text = Buffer.concat(chunks).toString();
    const body = readBody(text);
    const answer = this.#answer(request, { url, body, isEmpty: text === '' });
    const { method = '', headers } = request;
    const { pathname: path, search } = url;
    this.calls.push({ method, path, search, headers, body, status: answer.status });
    response
      .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
      .end(JSON.stringify(answer.body));
  }

  #answer(
    { method = '', headers }: IncomingMessage,
    {
      url,
      body,
      isEmpty,
    }: { readonly url: URL; readonly body: unknown; readonly isEmpty: boolean },
  ): TelnyxAnswer {
    try {
      if (headers.authorization !== `Bearer ${this.account.apiKey}`) return complain('10009');
      const path = url.pathname.replace(/^\/v2/, '');
      if (this.account.forbidden.has(path)) return complain('10010');
      const hasBody = method === 'POST' || method === 'PATCH';
      if (hasBody && !/^application\/json\b/.test(headers['content-type'] ?? ''))
        return complain('10014');
      if (hasBody ? body === undefined : !isEmpty) return complain('10023');
      const query = new TelnyxQuery(url.searchParams);
      const answer = this.#route(`${method} ${url.pathname}`, { query, body });
      query.end();
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  #route(what: string, { query, body }: Pick<Call, 'query' | 'body'>): TelnyxAnswer {
    if (what === 'POST /v2/messages') return this.#take(body);
    for (const [pattern, answer] of routes) {
      const match = pattern.exec(what);
      const id = decodeURIComponent(match?.[1] ?? '');
      if (match !== null) return answer({ account: this.account, query, id, body });
    }
    return complain('10005');
  }

  #take(body: unknown): TelnyxAnswer {
    const taken = takeMessage(this.account, body);
    if ('status' in taken) return taken;
    if (this.deliversByItself) setTimeout(() => this.#deliver(taken.id), deliveryMs);
    return { status: 200, body: { data: structuredClone(taken) } };
  }

  #deliver(id: string): void {
    this.advance(id, 'sent');
    this.advance(id, 'delivered');
  }
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const routes: readonly (readonly [RegExp, (call: Call) => TelnyxAnswer])[] = [
  [/^GET \/v2\/messages\/([^/]+)$/, ({ account, id }) => showMessage(account, id)],
  [/^GET \/v2\/detail_records$/, ({ account, query }) => searchRecords(account, query)],
  [/^GET \/v2\/balance$/, () => profiles.showBalance()],
  [/^GET \/v2\/messaging_profiles$/, ({ account, query }) => profiles.listProfiles(account, query)],
  [
    /^GET \/v2\/messaging_profiles\/([^/]+)$/,
    ({ account, id }) => profiles.showProfile(account, id),
  ],
  [
    /^PATCH \/v2\/messaging_profiles\/([^/]+)$/,
    ({ account, id, body }) => profiles.changeProfile(account, id, body),
  ],
  [
    /^GET \/v2\/messaging_profiles\/([^/]+)\/phone_numbers$/,
    ({ account, id, query }) => numbers.listNumbersOf(account, id, query),
  ],
  [/^GET \/v2\/phone_numbers$/, ({ account, query }) => numbers.listPhoneNumbers(account, query)],
  [
    /^GET \/v2\/phone_numbers\/messaging$/,
    ({ account, query }) => numbers.listMessagingSettings(account, query),
  ],
  [
    /^GET \/v2\/phone_numbers\/([^/]+)\/messaging$/,
    ({ account, id }) => numbers.showMessagingSettings(account, id),
  ],
  [
    /^PATCH \/v2\/phone_numbers\/([^/]+)\/messaging$/,
    ({ account, id, body }) => numbers.changeMessagingSettings(account, id, body),
  ],
  [/^GET \/v2\/short_codes$/, ({ account, query }) => numbers.listShortCodes(account, query)],
  [/^GET \/v2\/short_codes\/([^/]+)$/, ({ account, id }) => numbers.showShortCode(account, id)],
  [
    /^PATCH \/v2\/short_codes\/([^/]+)$/,
    ({ account, id, body }) => numbers.changeShortCode(account, id, body),
  ],
  [
    /^GET \/v2\/10dlc\/phone_number_campaigns$/,
    ({ account, query }) => numbers.listAssignments(account, query),
  ],
  [
    /^GET \/v2\/messaging_tollfree\/verification\/requests$/,
    ({ account, query }) => numbers.listVerifications(account, query),
  ],
  [
    /^GET \/v2\/available_phone_numbers$/,
    ({ account, query }) => numbers.searchAvailable(account, query),
  ],
  [/^POST \/v2\/number_orders$/, ({ account, body }) => numbers.orderNumber(account, body)],
  [/^GET \/v2\/number_orders\/([^/]+)$/, ({ account, id }) => numbers.showOrder(account, id)],
];
