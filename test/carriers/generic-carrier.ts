import { account, GenericComplaint, type TakenText } from './generic-account.ts';
import { GenericBook } from './generic-book.ts';
import { readFormSend, readJsonSend, readQuerySend, readXmlSend } from './generic-forms.ts';
import { type HookSigning, callHook } from './generic-hooks.ts';
import { type ApiCall, type ApiReply, LoopbackApi, serveFrom } from './loopback-api.ts';

/**
 * A small carrier of no name on the loopback, with one way of sending of each kind there is, each strict and each with answers of its
 * own, and with hooks that it signs where it is told how. Closed by `await using`.
 */
export class GenericCarrier implements AsyncDisposable {
  readonly book = new GenericBook();
  /** Where the account's events go. */
  hookUrl: string | null = null;
  signing: HookSigning | null = null;
  /** The bytes of attachments, by name. */
  readonly files = new Map<string, Uint8Array>();
  readonly #api: LoopbackApi;

  private constructor(api: LoopbackApi) {
    this.#api = api;
  }

  static async start(): Promise<GenericCarrier> {
    const served: { carrier?: GenericCarrier } = {};
    const api = await LoopbackApi.start((call) => {
      if (served.carrier === undefined) throw new Error('not yet');
      return served.carrier.#answer(call);
    });
    served.carrier = new GenericCarrier(api);
    return served.carrier;
  }

  get url(): string {
    return this.#api.url;
  }

  get calls(): readonly ApiCall[] {
    return this.#api.calls;
  }

  /** The text taken last. */
  get last(): TakenText | undefined {
    return this.book.taken.at(-1);
  }

  /** Tells the account's hook, or the one a text was sent with, of something; again until it is stored. */
  async tell(content: object | string, url = this.hookUrl): Promise<void> {
    if (url !== null) await callHook(url, content, this.signing);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#api[Symbol.asyncDispose]();
  }

  #answer(call: ApiCall): ApiReply {
    const file = /^\/files\/(\w+)$/.exec(call.path)?.[1];
    if (file !== undefined) return serveFrom(this.files, file);
    switch (`${call.method} ${call.path}`) {
      case 'POST /api/v1/messages':
        return this.#answerInJson(call);
      case 'POST /form/send':
        return this.#answerInText(call);
      case 'GET /rest/sendSMS':
        return this.#answerAlways200(call);
      case 'POST /xml/send':
        return this.#answerInXml(call);
      case 'GET /api/v1/balance':
        return { status: isBearer(call) ? 200 : 401, body: { balance: '7.25' } };
      default:
        return { status: 404, body: 'nothing here' };
    }
  }

  #answerInJson(call: ApiCall): ApiReply {
    const complain = ({ status, code, message: detail }: GenericComplaint): ApiReply => ({
      status,
      headers: status === 429 ? { 'retry-after': '1' } : {},
      body: { errors: [{ code, detail }] },
    });
    if (!isBearer(call)) return complain(new GenericComplaint(401, 'account', 'Who are you?'));
    return answered(complain, () => {
      const { id, reference } = this.book.take(readJsonSend(call));
      return { status: 202, body: `{"data":[{"id":${id},"reference":"${reference}"}]}` };
    });
  }

  #answerInText(call: ApiCall): ApiReply {
    const { username, password } = account;
    const good = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    if (call.headers.authorization !== good) return { status: 401, body: 'ERR: account' };
    return answered(
      ({ status, code, message }) => ({ status, body: `ERR: ${code} (${message})` }),
      () => ({ status: 200, body: `OK ID: ${this.book.take(readFormSend(call)).id}\n` }),
    );
  }

  #answerAlways200(call: ApiCall): ApiReply {
    return answered(
      ({ code }) => ({ status: 200, body: { status: code } }),
      () => ({
        status: 200,
        body: { status: 'success', sms: this.book.take(readQuerySend(call)).id },
      }),
    );
  }

  #answerInXml(call: ApiCall): ApiReply {
    const headers = { 'content-type': 'text/xml' };
    const xml = (inside: string): string => `<?xml version="1.0"?>\n<reply>${inside}</reply>`;
    return answered(
      ({ code }) => ({ status: 200, headers, body: xml(`<error code="${code}">no</error>`) }),
      () => {
        const { id } = this.book.take(readXmlSend(call));
        return { status: 200, headers, body: xml(`<message><id>${id}</id></message>`) };
      },
    );
  }
}

function isBearer({ headers }: ApiCall): boolean {
  return headers.authorization === `Bearer ${account.token}`;
}

function answered(
  complain: (complaint: GenericComplaint) => ApiReply,
  take: () => ApiReply,
): ApiReply {
  try {
    return take();
  } catch (error) {
    if (error instanceof GenericComplaint) return complain(error);
    throw error;
  }
}
