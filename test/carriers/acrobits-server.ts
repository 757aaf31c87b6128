import { type AcrobitsText, writeFetched } from './acrobits-lists.ts';
import { GenericComplaint, account, ours } from './generic-account.ts';
import { GenericBook } from './generic-book.ts';
import { type ApiCall, type ApiReply, LoopbackApi } from './loopback-api.ts';

/** What servers of the contract differ in. */
export type AcrobitsWays = {
  readonly format: 'json' | 'xml';
  readonly form: 'modern' | 'legacy';
  /** Answers to a text name its id. */
  readonly namesIds: boolean;
  /** The list holds what was sent. */
  readonly listsSent: boolean;
  /** What was told once is never told again. */
  readonly forgets: boolean;
};

const usual: AcrobitsWays = {
  format: 'json',
  form: 'legacy',
  namesIds: true,
  listsSent: true,
  forgets: false,
};

const known = ['user', 'pass', 'to', 'body', 'type', 'last', 'last_sent', 'device'];

/**
 * A server that keeps Acrobits' contract for the messages of its softphones, as its documents and public bridges have it, on the
 * loopback. Closed by `await using`.
 */
export class AcrobitsServer implements AsyncDisposable {
  readonly ways: AcrobitsWays;
  readonly book = new GenericBook();
  /** Oldest first. */
  readonly texts: AcrobitsText[] = [];
  readonly #api: LoopbackApi;
  #ids = 100;

  private constructor(api: LoopbackApi, ways: AcrobitsWays) {
    this.#api = api;
    this.ways = ways;
  }

  static async start(ways: Partial<AcrobitsWays> = {}): Promise<AcrobitsServer> {
    const served: { server?: AcrobitsServer } = {};
    const api = await LoopbackApi.start((call) => {
      if (served.server === undefined) throw new Error('not yet');
      return served.server.#answer(call);
    });
    served.server = new AcrobitsServer(api, { ...usual, ...ways });
    return served.server;
  }

  get url(): string {
    return this.#api.url;
  }

  get calls(): readonly ApiCall[] {
    return this.#api.calls;
  }

  /** A text comes in for the account. */
  receive(text: Partial<AcrobitsText> & { readonly text: string }): AcrobitsText {
    const received: AcrobitsText = {
      id: this.#nextId(),
      direction: 'in',
      peer: '15550100100',
      at: new Date().toISOString(),
      type: 'text/plain',
      ...text,
    };
    this.texts.push(received);
    return received;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api[Symbol.asyncDispose]();
  }

  #nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }

  #answer(call: ApiCall): ApiReply {
    try {
      const parameters = readParameters(call);
      if (
        parameters.get('user') !== account.username ||
        parameters.get('pass') !== account.password
      )
        throw new GenericComplaint(403, '403', 'Authentication failed.');
      if (call.path === '/acro/send') return this.#send(parameters);
      if (call.path === '/acro/fetch') return this.#fetch(parameters);
      throw new GenericComplaint(404, '404', 'No such service.');
    } catch (error) {
      if (error instanceof GenericComplaint) return this.#complain(error);
      throw error;
    }
  }

  /** The newer documents want a status and a message; the older bridges say 200 and hold the error in the answer. */
  #complain({ status, message }: GenericComplaint): ApiReply {
    const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
    if (this.ways.format === 'xml')
      return { status, headers, body: `<response><message>${message}</message></response>` };
    if (this.ways.form === 'modern' || status === 401 || status === 429)
      return { status, headers, body: { message } };
    return { status: 200, body: { response: { error: status, description: message } } };
  }

  #send(parameters: URLSearchParams): ApiReply {
    const [to, body] = [parameters.get('to') ?? '', parameters.get('body') ?? ''];
    const wanted = { from: ours, to, text: body, media: [], reference: null, receiptUrl: null };
    this.book.take(wanted);
    const id = this.#nextId();
    const type = parameters.get('type') ?? 'text/plain';
    const at = new Date().toISOString();
    this.texts.push({ id, direction: 'out', peer: to, at, type, text: body });
    if (this.ways.format === 'xml')
      return { status: 200, body: `<response><sms_id>${id}</sms_id></response>` };
    if (this.ways.namesIds) return { status: 200, body: { sms_id: id } };
    return { status: 200, body: { response: { error: 0, description: 'Success' } } };
  }

  #fetch(parameters: URLSearchParams): ApiReply {
    const [last, lastSent] = [parameters.get('last'), parameters.get('last_sent')];
    const after = (text: AcrobitsText): boolean =>
      Number(text.id) > Number((text.direction === 'in' ? last : lastSent) ?? 0);
    const told = this.texts.filter(
      (text) => after(text) && (text.direction === 'in' || this.ways.listsSent),
    );
    if (this.ways.forgets)
      for (const text of told.filter(({ direction }) => direction === 'in'))
        this.texts.splice(this.texts.indexOf(text), 1);
    return writeFetched(told, this.ways);
  }
}

/** In the query or in a JSON document, never both. @throws GenericComplaint */
function readParameters({ method, query, headers, body }: ApiCall): URLSearchParams {
  const isPost = method === 'POST';
  if (isPost && headers['content-type'] !== 'application/json')
    throw new GenericComplaint(415, '415', 'Not JSON.');
  const inBody = isPost ? (JSON.parse(body.toString('utf8')) as Record<string, string>) : {};
  const parameters = isPost ? new URLSearchParams(inBody) : query;
  const unknown = [...parameters.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw new GenericComplaint(400, '400', `Unknown: ${unknown}`);
  return parameters;
}
