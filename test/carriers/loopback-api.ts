import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of an API, read to its end. */
export type ApiCall = {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type ApiReply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and text go out as they are, everything else as JSON. */
  readonly body?: unknown;
};

/** An API on a port of the loopback that remembers every call. Closed by `await using`. */
export class LoopbackApi implements AsyncDisposable {
  /** Every call in the order it came. */
  readonly calls: ApiCall[] = [];
  readonly #server: Server;

  private constructor(answer: (call: ApiCall) => ApiReply | Promise<ApiReply>) {
    this.#server = createServer((request, response) => {
      readCall(request)
        .then(async (call) => {
          this.calls.push(call);
          const { status, headers, body } = await answer(call);
          const [type, content] = encode(body);
          response.writeHead(status, { ...type, ...headers }).end(content);
        })
        .catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
  }

  static async start(
    answer: (call: ApiCall) => ApiReply | Promise<ApiReply>,
  ): Promise<LoopbackApi> {
    const api = new LoopbackApi(answer);
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

/** A file of these, to whoever knows its name. */
export function serveFrom(files: ReadonlyMap<string, Uint8Array>, name: string): ApiReply {
  const body = files.get(name);
  return body === undefined ? { status: 404 } : { status: 200, body };
}

async function readCall(request: IncomingMessage): Promise<ApiCall> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://loopback');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function encode(body: unknown): [Record<string, string>, string | Uint8Array] {
  if (body === undefined) return [{}, ''];
  if (typeof body === 'string' || body instanceof Uint8Array) return [{}, body];
  return [{ 'content-type': 'application/json' }, JSON.stringify(body)];
}
