import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { log as writeLog } from '#main/log/log.ts';

import { sendAnswer, sendRefusal, type Answer } from './answer.ts';
import { answerBrokenRequest, awaitsAnswer, followAnswer } from './conversation.ts';
import { pathOf } from './hook-path.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { limitSockets, type OpenSockets } from './limit-sockets.ts';
import { Refusal } from './refusal.ts';
import type { RelayMetrics } from './relay-metrics.ts';

/** Longer than the idle time of the usual reverse proxies, so that it is they who close and no call meets a closing socket. */
const keepAliveMs = 75_000;
/** Milliseconds between two looks for sockets that have got their answers, while stopping. */
const sweepMs = 20;

/** A certificate with those between it and its authority, and its key, as PEM. */
export type Certificate = { readonly cert: string; readonly key: string };

/** A wish to go on as a WebSocket. */
export type UpgradeRequest = {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came behind the request already. */
  readonly head: Buffer;
  /** To be called when whoever is there has shown who it is. */
  trust(): void;
};

/** What takes over a socket. */
export type Upgrade = {
  /** The one path on which a wish for a WebSocket is heard. */
  readonly path: string;
  /** How many there are at most, beside the sockets of requests. */
  readonly sockets: number;
  take(wish: UpgradeRequest): void;
};

export type ServerParts = {
  readonly limits: IntakeLimits;
  readonly metrics: RelayMetrics;
  /** Answers one request, or throws {@link Refusal}. */
  answer(request: IncomingMessage): Promise<Answer>;
  /** Without one, HTTP in the clear is spoken. */
  readonly certificate?: Certificate | null;
  /** Without it, requests alone are served. */
  readonly upgrade?: Upgrade | null;
};

export type RelayServer = {
  readonly server: Server;
  /** Takes no new connection, lets requests under way end within `graceMs`, then cuts what is left. */
  stop(graceMs: number): Promise<void>;
};

/** Makes the HTTP server of the relay, not listening yet. */
export function makeRelayServer(parts: ServerParts): RelayServer {
  const { limits, metrics, certificate = null, upgrade = null } = parts;
  const server = createFor(parts);
  // Node drops headers beyond its own count in silence; the count is checked where it can be refused.
  server.maxHeadersCount = 0;
  server.maxConnections = limits.sockets + (upgrade?.sockets ?? 0);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    followAnswer(response);
    if (isLast(request)) response.shouldKeepAlive = false;
    void respond(parts, request, response);
  };
  server.on('request', handle);
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  server.on('clientError', (error, socket) =>
    answerBrokenRequest(error, socket as Socket, metrics),
  );
  server.on('drop', () => metrics.countRefusal('too-many-sockets'));
  const sockets = limitSockets(server, limits, { metrics, hasTls: certificate !== null });
  if (upgrade !== null)
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      upgrade.take({ request, socket, head, trust: () => sockets.trust(request.socket) }),
    );
  return { server, stop: (graceMs) => stop(server, sockets, graceMs) };
}

function createFor({ limits, certificate = null, upgrade }: ServerParts): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(500, limits.headersTimeoutMs / 2),
    keepAliveTimeout: keepAliveMs,
    // A carrier's wish to go on in HTTP/2 is not heard, and its call is taken like any other.
    shouldUpgradeCallback: ({ url = '', headers }) =>
      pathOf(url) === upgrade?.path && headers.upgrade?.toLowerCase() === 'websocket',
  };
  if (certificate === null) return createServer(options);
  const handshakeTimeout = limits.requestTimeoutMs;
  return createTlsServer({ ...options, ...certificate, handshakeTimeout });
}

async function respond(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.rawHeaders.length / 2 > parts.limits.headerCount)
      throw new Refusal(431, 'too-many-headers');
    if (expectsContinue(request, parts.limits)) response.writeContinue();
    sendAnswer(response, await parts.answer(request));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : unexpected(error);
    parts.metrics.countRefusal(refusal.reason);
    if (!response.destroyed) sendRefusal(request, response, refusal);
  }
}

/**
 * Must nothing be read behind this request? Behind a wish for another protocol the parser reads no further, and HTTP/1.0 knows no
 * chunks, so what is behind them is in doubt (RFC 9112, 6.1). The answer then closes the connection.
 */
function isLast({ headers, httpVersion }: IncomingMessage): boolean {
  return 'upgrade' in headers || (httpVersion === '1.0' && 'transfer-encoding' in headers);
}

/** A caller that asks first and would send too much is refused without having to send it. */
function expectsContinue({ headers }: IncomingMessage, { bodyBytes }: IntakeLimits): boolean {
  return (
    headers.expect?.toLowerCase() === '100-continue' &&
    Number(headers['content-length'] ?? 0) <= bodyBytes
  );
}

/** Nothing was acknowledged, so the carrier may try again. */
function unexpected(error: unknown): Refusal {
  writeLog('relay.failed', { error: error instanceof Error ? error.message : null });
  return new Refusal(503, 'cannot-commit', { 'retry-after': '1' });
}

async function stop(server: Server, sockets: OpenSockets, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const closeIdle = (): void =>
    sockets.ready.forEach((socket) => {
      if (!awaitsAnswer(socket)) socket.destroySoon();
    });
  const sweep = setInterval(closeIdle, sweepMs);
  const cut = setTimeout(() => sockets.cutAll(), graceMs);
  closeIdle();
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
