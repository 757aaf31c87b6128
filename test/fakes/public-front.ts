import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Call = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** Where on the public host this relay lies: not at its root, as behind many a proxy. */
const prefix = '/texting';
const ofTheHop = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

/** A public address that hands calls on to a relay, and can keep them, turn their order or hand them on twice. Closed by `await using`. */
export class PublicFront implements AsyncDisposable {
  /** Where the relay is, as it printed it. */
  relayUrl = '';
  /** Says yes to calls and keeps them. */
  keeping = false;
  /** What the relay answered to each call that was handed on. */
  readonly answers: number[] = [];
  readonly #kept: Call[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async open(): Promise<PublicFront> {
    const front = new PublicFront();
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${prefix}`;
  }

  get kept(): number {
    return this.#kept.length;
  }

  /** Hands on what was kept: the last first where asked for, each so many times. */
  async handOn({ reversed = false, times = 1 } = {}): Promise<void> {
    this.keeping = false;
    const kept = this.#kept.splice(0);
    for (const call of reversed ? kept.toReversed() : kept)
      for (let time = 0; time < times; time += 1) await this.#toRelay(call);
  }

  /** Loses what was kept. */
  lose(): void {
    this.keeping = false;
    this.#kept.length = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const { url = '' } = request;
    const pairs = Object.entries(request.headers).filter(([name]) => !ofTheHop.has(name));
    const headers = Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
    const call = { path: url.slice(prefix.length), headers, body: Buffer.concat(chunks) };
    if (!url.startsWith(`${prefix}/`)) return void response.writeHead(404).end();
    if (this.keeping) {
      this.#kept.push(call);
      return void response.writeHead(200).end();
    }
    const answer = await this.#toRelay(call);
    response.writeHead(answer.status).end(await answer.text());
  }

  async #toRelay({ path, headers, body }: Call): Promise<Response> {
    const answer = await fetch(`${this.relayUrl}${path}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    });
    this.answers.push(answer.status);
    return answer;
  }
}
