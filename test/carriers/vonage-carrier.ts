import { type ApiCall, type ApiReply, LoopbackApi } from './loopback-api.ts';
import { TokenJudge, unauthorized } from './vonage-account.ts';
import { answerApplication } from './vonage-applications.ts';
import { VonageBook } from './vonage-book.ts';
import { VonageCallbacks } from './vonage-callbacks.ts';
import { MessagesDoor } from './vonage-messages.ts';
import { answerNumbers } from './vonage-numbers.ts';
import { answerRecords } from './vonage-reports.ts';
import { SmsDoor } from './vonage-sms.ts';

/** A local Vonage: strict, on loopback, with signed callbacks that are tried again. Closed by `await using`. */
export class VonageCarrier implements AsyncDisposable {
  readonly book = new VonageBook();
  readonly callbacks = new VonageCallbacks(this.book);
  /** Records in one page of a report. */
  pageSize = 100;
  readonly #judge = new TokenJudge();
  readonly #messages = new MessagesDoor(this.book, this.#judge, (taken) =>
    this.callbacks.follow(taken),
  );
  readonly #sms = new SmsDoor(this.book, (taken) => this.callbacks.follow(taken));
  #api: LoopbackApi | null = null;

  static async start(): Promise<VonageCarrier> {
    const carrier = new VonageCarrier();
    carrier.#api = await LoopbackApi.start((call) => carrier.#answer(call));
    return carrier;
  }

  get url(): string {
    return this.#api?.url ?? '';
  }

  /** Every call of the API so far. */
  get calls(): readonly ApiCall[] {
    return this.#api?.calls ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.callbacks.stop();
    await this.#api?.[Symbol.asyncDispose]();
  }

  #answer(call: ApiCall): ApiReply | Promise<ApiReply> {
    const { path } = call;
    if (path === '/v1/messages' && call.method === 'POST') return this.#messages.answer(call);
    if (path === '/sms/json' && call.method === 'POST') return this.#sms.answer(call);
    if (path === '/v2/reports/records')
      return answerRecords(call, this.book, { ownUrl: this.url, pageSize: this.pageSize });
    if (path.startsWith('/v2/applications/')) return answerApplication(call, this.book);
    if (/^\/(account|number)\//.test(path)) return answerNumbers(call, this.book);
    return this.#judge.isOfApplication(call) ? this.#ofApplication(path) : unauthorized;
  }

  #ofApplication(path: string): ApiReply {
    if (path === '/v1/calls') return { status: 200, body: { count: 0, _embedded: { calls: [] } } };
    const media = this.book.media.get(path);
    return media === undefined ? { status: 404 } : { status: 200, body: media };
  }
}
