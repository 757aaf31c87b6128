import { FlowrouteComplaint } from './flowroute-complaint.ts';
import { FlowrouteExports } from './flowroute-exports.ts';
import { type FlowrouteNumber, FlowrouteNumbers } from './flowroute-numbers.ts';
import {
  type FlowrouteMedium,
  type FlowrouteReceipt,
  type FlowrouteRecord,
  newRecordId,
  writeRecord,
} from './flowroute-records.ts';
import { readSend } from './flowroute-send.ts';
import { type ApiCall, type ApiReply, LoopbackApi, serveFrom } from './loopback-api.ts';

type Keys = { readonly accessKey: string; readonly secretKey: string };
type TextIn = {
  readonly from: string;
  readonly to: string;
  readonly body: string | null;
  readonly media?: readonly string[];
};

type Serve = (call: ApiCall, first: string, second: string) => ApiReply;

/** How often a callback is repeated that was not answered with exactly 200. */
const mostRepeats = 4;

/**
 * Flowroute as its documentation has it, on the loopback: strict about keys, media types, numbers and fields, telling of texts and
 * receipts by unsigned callbacks that it repeats until one is answered with 200. Closed by `await using`.
 */
export class FlowrouteCarrier implements AsyncDisposable {
  readonly keys: Keys = { accessKey: 'fr-access-key', secretKey: 'fr-secret-key/+=' };
  readonly numbers: FlowrouteNumbers;
  readonly exports = new FlowrouteExports(() => this.url);
  /** Oldest first. */
  readonly records: FlowrouteRecord[] = [];
  /** The bytes of attachments, by name. */
  readonly media = new Map<string, Uint8Array>();
  /** So long after it was made a record is not shown yet, in milliseconds. */
  lagMs = 0;
  /** Records for one id hold the addresses of their media. */
  includesMedia = true;
  /** Between two repeats of a callback, in milliseconds; the true carrier waits 30 seconds. */
  pauseMs = 5;
  readonly #api: Promise<LoopbackApi>;
  #url = '';

  private constructor(owned: FlowrouteNumber[], forSale: FlowrouteNumber[]) {
    this.numbers = new FlowrouteNumbers(owned, forSale);
    this.#api = LoopbackApi.start((call) => this.#answer(call));
  }

  static async start(
    owned: FlowrouteNumber[],
    forSale: FlowrouteNumber[] = [],
  ): Promise<FlowrouteCarrier> {
    const carrier = new FlowrouteCarrier(owned, forSale);
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

  /** A text comes in for a number of the account and is told to that number's callback. */
  async receive({ from, to, body, media = [] }: TextIn): Promise<FlowrouteRecord> {
    const record: FlowrouteRecord = {
      ...this.#bare({ from, to, body, isMms: media.length > 0 }),
      direction: 'inbound',
      status: media.length > 0 ? '' : 'delivered',
      media: media.map((name) => this.#medium(name)),
      dlrCallback: null,
    };
    this.records.push(record);
    const type = media.length > 0 ? 'mms_callback' : 'sms_callback';
    await this.#call(this.numbers.callbacks.get(`${to} ${type}`), writeRecord(record));
    return record;
  }

  /** A text out comes to stand so, and its callback is told. */
  async tell(id: string, receipt: Omit<FlowrouteReceipt, 'timestamp'>): Promise<void> {
    const record = this.records.find((each) => each.id === id);
    if (record === undefined) throw new Error(`no record ${id}`);
    const full = { ...receipt, timestamp: new Date().toISOString() };
    record.receipts = [full, ...record.receipts];
    if (!record.isMms) record.status = receipt.status;
    const attributes = { body: record.isMms ? '' : record.body, ...full };
    const links = { related: `https://api.flowroute.com/v2.2/messages/${id}` };
    const data = { id, type: 'delivery_receipt', attributes, links };
    const type = record.isMms ? 'mms_dlr_callback' : 'sms_dlr_callback';
    const usual = this.numbers.callbacks.get(`${record.from.replace('+', '')} ${type}`);
    await this.#call(record.dlrCallback ?? usual, { data });
  }

  async #call(url: string | undefined, content: unknown): Promise<void> {
    if (url === undefined) return;
    for (let tries = 0; tries <= mostRepeats; tries += 1) {
      const answered = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(content),
      }).catch(() => null);
      if (answered?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, this.pauseMs));
    }
  }

  #bare(text: { from: string; to: string; body: string | null; isMms: boolean }) {
    return { ...text, id: newRecordId(), at: new Date(), receipts: [] };
  }

  #medium(name: string): FlowrouteMedium {
    const attributes = {
      url: `${this.url}/media-store/${name}?Signature=good`,
      file_name: name,
      mime_type: 'image/jpeg',
      file_size: 58_017,
    };
    const links = { self: `https://api.flowroute.com/v2.2/media/${name}` };
    return { id: name, type: 'media', attributes, links };
  }

  #answer(call: ApiCall): ApiReply {
    const stored = /^\/cdr-store\/(\d+)\.csv\.gz$/.exec(call.path)?.[1];
    if (stored !== undefined) return this.exports.fetch(stored, call);
    const medium = /^\/media-store\/(\w+)$/.exec(call.path)?.[1];
    if (medium !== undefined) return serveFrom(this.media, medium);
    try {
      this.#authenticate(call);
      return this.#route(call);
    } catch (error) {
      if (error instanceof FlowrouteComplaint) return error.reply;
      throw error;
    }
  }

  #authenticate({ headers }: ApiCall): void {
    const { accessKey, secretKey } = this.keys;
    const good = `Basic ${Buffer.from(`${accessKey}:${secretKey}`).toString('base64')}`;
    if (headers.authorization !== good)
      throw new FlowrouteComplaint(401, 'The access key or the secret key is wrong.');
  }

  #route(call: ApiCall): ApiReply {
    const wanted = `${call.method} ${call.path}`;
    for (const [pattern, serve] of this.#routes()) {
      const [all, first = '', second = ''] = pattern.exec(wanted) ?? [];
      if (all !== undefined) return serve(call, first, second);
    }
    throw new FlowrouteComplaint(404, `There is no ${wanted}.`);
  }

  #routes(): readonly (readonly [RegExp, Serve])[] {
    const { numbers, exports } = this;
    return [
      [/^POST \/v2\.2\/messages$/, (call) => this.#take(call)],
      [/^GET \/v2\.2\/messages$/, (call) => this.#list(call)],
      [/^GET \/v2\.2\/messages\/([^/]+)$/, (_call, id) => this.#show(id)],
      [/^GET \/v2\/numbers$/, (call) => numbers.list(call)],
      [/^GET \/v2\/numbers\/available$/, (call) => numbers.search(call)],
      [/^POST \/v2\/numbers\/(\d+)$/, (call, number) => numbers.buy(number, call)],
      [
        /^POST \/v2\/numbers\/(\d+)\/relationships\/(\w+)$/,
        (call, number, type) => numbers.setCallback(number, type, call),
      ],
      [/^POST \/v2\/message-provision$/, (call) => numbers.provision(call)],
      [/^GET \/v2\/message-provision\/status\/([^/]+)$/, (_call, id) => numbers.readTask(id)],
      [/^POST \/v2\/cdrs\/exports$/, (call) => exports.start(call)],
      [/^GET \/v2\/cdrs\/exports\/(\d+)$/, (_call, id) => exports.read(id)],
    ];
  }

  #take(call: ApiCall): ApiReply {
    const { to, from, body, media_urls: media = [], is_mms: isMms, dlr_callback } = readSend(call);
    if (this.numbers.find(from)?.messagingEnabled !== true)
      throw new FlowrouteComplaint(403, 'The source number may not send messages.');
    if (to.endsWith('0105'))
      throw new FlowrouteComplaint(400, 'User Opted Out (STOP)', { code: 1_110 });
    if (to.endsWith('0107'))
      throw new FlowrouteComplaint(429, 'Too many messages.', { headers: { 'retry-after': '1' } });
    if (media.some((url) => url.includes('huge')))
      throw new FlowrouteComplaint(422, `File at ${media[0]} is over 767840 byte limit`);
    const bare = this.#bare({ from, to, body: body ?? null, isMms: isMms ?? media.length > 0 });
    const sent = { direction: 'outbound', status: '', media: [] } as const;
    this.records.push({ ...bare, ...sent, dlrCallback: dlr_callback ?? null });
    const links = { self: `https://api.flowroute.com/v2.2/messages/${bare.id}` };
    return { status: 202, body: { data: { id: bare.id, type: 'message', links } } };
  }

  #shown(): FlowrouteRecord[] {
    const until = Date.now() - this.lagMs;
    return this.records.filter(({ at }) => at.getTime() <= until).toReversed();
  }

  #list({ query }: ApiCall): ApiReply {
    const span = [query.get('start_date'), query.get('end_date') ?? new Date().toISOString()];
    const [from, to] = span.map((text) => Date.parse(text ?? ''));
    if (from === undefined || Number.isNaN(from) || to === undefined || Number.isNaN(to))
      throw new FlowrouteComplaint(400, 'start_date is required; dates are ISO 8601.');
    const limit = Number(query.get('limit') ?? 10);
    const offset = Number(query.get('offset') ?? 0);
    if (!(limit >= 1 && offset >= 0)) throw new FlowrouteComplaint(400, 'limit must be positive.');
    const all = this.#shown().filter(({ at }) => at.getTime() >= from && at.getTime() <= to);
    const page = all.slice(offset, offset + limit).map(writeRecord);
    const next = `http://mdr-api.internal/v2.2/messages?offset=${offset + limit}`;
    const links = offset + limit < all.length ? { next } : {};
    const included = page.flatMap((each) => each.included);
    return { status: 200, body: { data: page.map(({ data }) => data), included, links } };
  }

  #show(id: string): ApiReply {
    const record = this.#shown().find((each) => each.id === id);
    if (record === undefined) throw new FlowrouteComplaint(404, 'No such message.');
    const { data, included } = writeRecord(record);
    return { status: 200, body: this.includesMedia ? { data, included } : { data } };
  }
}
