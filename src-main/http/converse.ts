import http from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

/** An answer read to its end. */
export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
};

/** The answer is longer than is worth reading. */
export class OversizeAnswer extends Error {
  override readonly name = 'OversizeAnswer';
}

/** What came back is not an HTTP answer to this request. */
export class NotAnAnswer extends Error {
  override readonly name = 'NotAnAnswer';
}

/**
 * How long a connection is kept when idle, in milliseconds. Short, because a server that closes an idle connection just as
 * it is used again leaves a send of unknown outcome.
 */
const idleMs = 4_000;
const agents = {
  'http:': new http.Agent({ keepAlive: true, timeout: idleMs }),
  'https:': new https.Agent({ keepAlive: true, timeout: idleMs }),
} as const;

type Addressed = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
};

/**
 * Prepares a request without sending any of it. Node's own client rather than `fetch`, because `fetch` does not tell
 * whether a request that timed out had been written, and a text may be sent again only if it had not.
 * @throws where the address or a header cannot be sent
 */
export function openRequest(request: Addressed, signal: AbortSignal): ClientRequest {
  const url = new URL(request.url);
  const options = {
    method: request.method,
    headers: {
      'accept-encoding': 'identity',
      ...(request.body === null ? {} : { 'content-length': Buffer.byteLength(request.body) }),
      ...request.headers,
    },
    signal,
  };
  if (url.protocol === 'http:') return http.request(url, { ...options, agent: agents['http:'] });
  if (url.protocol === 'https:') return https.request(url, { ...options, agent: agents['https:'] });
  throw new TypeError('the address is neither http nor https');
}

/** How far a call has come: nothing written yet, the request at least begun, the answer at least begun. */
export type Stage = 'connecting' | 'written' | 'answering';

/** One exchange; `progress` is kept up to date while it lasts. */
export type Conversation = {
  readonly body: string | Uint8Array | null;
  readonly maxBytes: number;
  readonly progress: { stage: Stage };
};

/** Sends a prepared request and reads its answer to the end; rejects with whatever went wrong. */
export function converse(outgoing: ClientRequest, talk: Conversation): Promise<Reply> {
  return new Promise((resolve, reject) => {
    outgoing.once('socket', (socket) => watchForWriting(outgoing, socket, talk.progress));
    outgoing.once('response', (incoming) => {
      talk.progress.stage = 'answering';
      collect(incoming, talk.maxBytes).then(resolve, reject);
    });
    outgoing.once('upgrade', (_incoming, socket) => {
      socket.destroy();
      reject(new NotAnAnswer('the other side changed protocols unasked'));
    });
    outgoing.on('error', reject);
    outgoing.end(talk.body ?? undefined);
  });
}

/** Node holds a request back until its connection stands, a TLS one until the certificate has been judged. */
function watchForWriting(
  outgoing: ClientRequest,
  socket: Socket,
  progress: Conversation['progress'],
): void {
  const written = (): void => {
    progress.stage = 'written';
  };
  if (outgoing.reusedSocket) written();
  else socket.once(outgoing.protocol === 'https:' ? 'secureConnect' : 'connect', written);
}

async function collect(incoming: IncomingMessage, maxBytes: number): Promise<Reply> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new OversizeAnswer(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const { statusCode, headers } = incoming;
  if (statusCode === undefined) throw new NotAnAnswer('the answer has no status');
  return { status: statusCode, headers, body: Buffer.concat(chunks) };
}
