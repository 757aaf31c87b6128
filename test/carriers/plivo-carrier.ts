import { randomUUID } from 'node:crypto';

import { type ApiCall, type ApiReply, LoopbackApi, serveFrom } from './loopback-api.ts';
import { type PlivoCall, listPlivoCalls } from './plivo-calls.ts';
import { PlivoComplaint } from './plivo-complaint.ts';
import { PlivoMessages } from './plivo-messages.ts';
import { type PlivoNumber, PlivoNumbers } from './plivo-numbers.ts';
import { writtenTime } from './plivo-pages.ts';
import { plivoV2, plivoV3 } from './plivo-signing.ts';

type TextIn = {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media?: readonly string[];
};
type Serve = (call: ApiCall, first: string) => ApiReply;

/**
 * Plivo as its documentation has it, on the loopback: strict about credentials, parameters and pages, telling of texts and receipts
 * by signed forms. Closed by `await using`.
 */
export class PlivoCarrier implements AsyncDisposable {
  readonly authId = 'MATRUNKLINELOCAL0001';
  authToken = 'plivo-token-of-the-local-carrier';
  readonly messages = new PlivoMessages();
  readonly numbers: PlivoNumbers;
  readonly callRecords: PlivoCall[] = [];
  /** The bytes of attachments, by name. */
  readonly media = new Map<string, Uint8Array>();
  /** Signatures sent with a callback. */
  versions: readonly ('v2' | 'v3')[] = ['v3'];
  /** The number of the first medium of a text. */
  firstMedium: 0 | 1 = 0;
  readonly #api: Promise<LoopbackApi>;
  #url = '';

  private constructor(owned: PlivoNumber[], forSale: PlivoNumber[]) {
    this.numbers = new PlivoNumbers(this.authId, owned, forSale);
    this.#api = LoopbackApi.start((call) => this.#answer(call));
  }

  static async start(owned: PlivoNumber[], forSale: PlivoNumber[] = []): Promise<PlivoCarrier> {
    const carrier = new PlivoCarrier(owned, forSale);
    carrier.#url = (await carrier.#api).url;
    return carrier;
  }

  get url(): string {
    return this.#url;
  }

  /** Every call of the API so far. */
  async calls(): Promise<readonly ApiCall[]> {
    return (await this.#api).calls;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#api)[Symbol.asyncDispose]();
  }

  /** A text comes in for a number of the account and is told to that number's application. Its id. */
  async receive({ from, to, text, media = [] }: TextIn): Promise<string> {
    const uuid = randomUUID();
    const type = media.length > 0 ? 'mms' : 'sms';
    const [state, at] = ['delivered', new Date()];
    const record = { uuid, from, to, type, at, units: 1, callback: null, state, errorCode: null };
    this.messages.all.push({ ...record, type, direction: 'inbound' });
    const numbered = media.map((name, index) => [
      `Media${index + this.firstMedium}`,
      `${this.url}/media/${name}`,
    ]);
    await this.#call(this.numbers.messageUrl(to), {
      From: from,
      To: to,
      Type: type,
      [type === 'mms' ? 'Body' : 'Text']: text,
      MessageUUID: uuid,
      Units: '1',
      TotalRate: '0.0055',
      TotalAmount: '0.0055',
      ...(type === 'mms' ? { MediaCount: String(media.length) } : { MessageIntent: '' }),
      ...(Object.fromEntries(numbered) as Record<string, string>),
    });
    return uuid;
  }

  /** A text out comes to stand so, and its callback is told. */
  async tell(uuid: string, state: string, errorCode = '000'): Promise<void> {
    const message = this.messages.find(uuid);
    message.state = state;
    message.errorCode = errorCode;
    const time = writtenTime(new Date(), this.messages.zone);
    const final = !['queued', 'sent'].includes(state);
    await this.#call(message.callback, {
      MessageUUID: uuid,
      From: message.from,
      To: message.to,
      Type: message.type,
      Status: state,
      Units: String(message.units),
      TotalRate: '0.0055',
      TotalAmount: (0.0055 * message.units).toFixed(5),
      MCC: '310',
      MNC: '004',
      ErrorCode: errorCode,
      Sequence: String(['queued', 'sent'].indexOf(state) + 1 || 3),
      MessageTime: time,
      QueuedTime: time,
      ...(state === 'queued' ? {} : { SentTime: time }),
      ...(final ? { DeliveryReportTime: time } : {}),
    });
  }

  /** The headers that sign a form for an address. */
  sign(url: string, form: string, token = this.authToken): Record<string, string> {
    const nonce = randomUUID();
    const v3 = plivoV3({ url, form, nonce, token });
    const v2 = plivoV2({ url, nonce, token });
    return {
      ...(this.versions.includes('v3') ? both('v3', v3, nonce) : {}),
      ...(this.versions.includes('v2') ? both('v2', v2, nonce) : {}),
    };
  }

  async #call(url: string | null, fields: Readonly<Record<string, string>>): Promise<void> {
    if (url === null) return;
    const form = new URLSearchParams(fields).toString();
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...this.sign(url, form) },
      body: form,
    });
  }

  #answer(call: ApiCall): ApiReply {
    const medium = /^\/media\/(\w+)$/.exec(call.path)?.[1];
    if (medium !== undefined) return serveFrom(this.media, medium);
    try {
      this.#authenticate(call);
      return this.#route(call);
    } catch (error) {
      if (error instanceof PlivoComplaint) return error.reply;
      throw error;
    }
  }

  #authenticate({ headers, path }: ApiCall): void {
    const good = Buffer.from(`${this.authId}:${this.authToken}`).toString('base64');
    const own = path.startsWith(`/v1/Account/${this.authId}/`);
    if (headers.authorization !== `Basic ${good}` || !own)
      throw new PlivoComplaint(401, 'could not verify your access level for that URL');
  }

  #route(call: ApiCall): ApiReply {
    const wanted = `${call.method} ${call.path.slice(`/v1/Account/${this.authId}/`.length)}`;
    for (const [pattern, serve] of this.#routes()) {
      const [all, first = ''] = pattern.exec(wanted) ?? [];
      if (all !== undefined) return serve(call, first);
    }
    throw new PlivoComplaint(404, `there is no ${wanted}`);
  }

  #routes(): readonly (readonly [RegExp, Serve])[] {
    const { messages, numbers } = this;
    const owned = (): string[] => numbers.owned.map(({ number }) => number);
    return [
      [/^GET $/, () => this.#account()],
      [/^POST Message\/$/, (call) => messages.take(call, owned())],
      [/^GET Message\/$/, (call) => messages.list(call)],
      [/^GET Message\/([\w-]+)\/$/, (_call, uuid) => messages.show(uuid)],
      [/^GET Number\/$/, (call) => numbers.list(call)],
      [/^GET Number\/(\d+)\/$/, (_call, number) => numbers.show(number)],
      [/^POST Number\/(\d+)\/$/, (call, number) => numbers.change(number, call)],
      [/^GET PhoneNumber\/$/, (call) => numbers.search(call)],
      [/^POST PhoneNumber\/(\d+)\/$/, (call, number) => numbers.buy(number, call)],
      [/^POST Application\/$/, (call) => numbers.makeApplication(call)],
      [/^GET Application\/(\d+)\/$/, (_call, id) => numbers.showApplication(id)],
      [/^POST Application\/(\d+)\/$/, (call, id) => numbers.changeApplication(id, call)],
      [/^GET Call\/$/, (call) => listPlivoCalls(this.callRecords, call)],
    ];
  }

  #account(): ApiReply {
    const { authId: auth_id } = this;
    const account = { auth_id, name: 'Harbour Dental', account_type: 'standard' };
    return { status: 200, body: { api_id: randomUUID(), ...account, cash_credits: '12.34500' } };
  }
}

function both(version: 'v2' | 'v3', signature: string, nonce: string): Record<string, string> {
  return {
    [`x-plivo-signature-${version}`]: signature,
    [`x-plivo-signature-ma-${version}`]: signature,
    [`x-plivo-signature-${version}-nonce`]: nonce,
  };
}
