import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What the front does with a call. `through`: hands it on and hands the answer back. The others hand it on first where
 * `taken` is true, so that the carrier acted though the caller never heard of it.
 */
export type Manners =
  | { readonly kind: 'through' }
  | {
      readonly kind: 'answer';
      readonly taken?: boolean;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    }
  | { readonly kind: 'hang' | 'reset' | 'cut' | 'echo'; readonly taken?: boolean };

/** Stands before a real carrier and, asked to, misbehaves as carriers and networks do. Closed by `await using`. */
export class UnrulyFront implements AsyncDisposable {
  /** What is done with calls from now on. */
  manners: Manners = { kind: 'through' };
  /** Calls of other addresses than these go through all the same. */
  onlyFor: RegExp | null = null;
  /** How many calls came. */
  calls = 0;
  /** The bodies they came with, oldest first. */
  readonly bodies: Buffer[] = [];
  readonly #server: Server;
  readonly #carrierUrl: string;

  private constructor(carrierUrl: string) {
    this.#carrierUrl = carrierUrl;
    this.#server = createServer((request, response) => {
      this.calls += 1;
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async before(carrierUrl: string): Promise<UnrulyFront> {
    const front = new UnrulyFront(carrierUrl);
    await new Promise<void>((resolve) => front.#server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { manners } = this;
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    this.bodies.push(body);
    const isMeant = this.onlyFor?.test(request.url ?? '') ?? true;
    if (manners.kind === 'through' || !isMeant) return await this.#handOn(request, body, response);
    if (manners.taken === true) await this.#handOn(request, body, null);
    misbehave(manners, { request, body, response });
  }

  async #handOn(
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse | null,
  ): Promise<void> {
    const names = ['authorization', 'content-type', 'accept'];
    const headers = names.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const answer = await fetch(`${this.#carrierUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      body: body.length === 0 ? null : new Uint8Array(body),
      redirect: 'manual',
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const kept = [...answer.headers].filter(([name]) => name !== 'transfer-encoding');
    response?.writeHead(answer.status, Object.fromEntries(kept)).end(bytes);
  }
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
};

function misbehave(
  manners: Exclude<Manners, { kind: 'through' }>,
  { request, body, response }: Exchange,
): void {
  switch (manners.kind) {
    case 'answer':
      response.writeHead(manners.status, manners.headers).end(manners.body);
      return;
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(202, { 'content-type': 'application/json', 'content-length': 500 });
      response.write('{"id":', () => setTimeout(() => request.socket.destroy(), 20));
      return;
    case 'echo': {
      const said = { error: { code: request.rawHeaders.join(' '), message: body.toString() } };
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(said));
    }
  }
}
