import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { RawDelivery } from '#shared/provider/delivery.ts';

type Answer = number | 'hang';

/** A real webhook address on loopback that remembers every call. Closed by `await using`. */
export class WebhookReceiver implements AsyncDisposable {
  /** Every call in the order it came, whatever it was answered. */
  readonly calls: RawDelivery[] = [];
  readonly #server: Server;
  readonly #provider: string;
  readonly #answers: Answer[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(provider: string) {
    this.#provider = provider;
    this.#server = createServer((request, response) => {
      const chunks: Uint8Array[] = [];
      request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      request.on('end', () => {
        this.#remember(request, Buffer.concat(chunks));
        const answer = this.#answers.shift() ?? 204;
        if (answer !== 'hang') response.writeHead(answer).end();
      });
    });
  }

  static async start(provider: string, port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(provider);
    await new Promise<void>((resolve) => receiver.#server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hooks/${this.#provider}/c1`;
  }

  /** Answers the next calls so, one each; after them 204 again. */
  answerNext(...answers: Answer[]): void {
    this.#answers.push(...answers);
  }

  /** The bodies of all calls so far, as JSON. */
  bodies<Body = Record<string, unknown>>(): Body[] {
    return this.calls.map((call) => JSON.parse(Buffer.from(call.body).toString()) as Body);
  }

  /** Resolves when so many calls came; fails after `withinMs`. */
  async waitFor(count: number, withinMs = 5_000): Promise<RawDelivery[]> {
    const until = performance.now() + withinMs;
    while (this.calls.length < count) {
      const left = until - performance.now();
      if (left <= 0)
        throw new Error(`waited for ${count} webhook calls, ${this.calls.length} came`);
      await this.#change(left);
    }
    return this.calls;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #remember({ headers, method, url }: IncomingMessage, body: Uint8Array): void {
    const flat = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    this.calls.push({
      provider: this.#provider,
      connectionId: 'c1',
      method: method ?? '',
      url: new URL(url ?? '/', this.url).href,
      headers: Object.fromEntries(flat) as Record<string, string>,
      body,
      receivedAt: Date.now(),
    });
    for (const tell of this.#waiting) tell();
  }

  #change(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(done);
    });
  }
}
