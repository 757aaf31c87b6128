import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';

import type { Clock } from '#shared/contract/clock.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { isFromOurPage } from './judge-request.ts';
import { readSessionCookie } from './session-cookie.ts';
import type { Site } from './site.ts';
import { closeCodes, createWebSocketWire, maxFrameOctets } from './websocket-wire.ts';

/** Milliseconds a screen has to end the closing handshake when this program stops. */
const leaveWithinMs = 500;

export type WireService = {
  readonly site: Site;
  readonly clock: Clock;
  readonly attach: (wire: Wire) => void;
};

/** Lets screens with a session open wires at `/wire`. Returns the way to close them all. */
export function serveWires(server: Server, { site, clock, attach }: WireService): () => void {
  // Compression would cost more time than the loopback takes.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameOctets,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const sessionId = readSessionCookie(site.port, request);
    const refusal = judgeUpgrade(site, request, sessionId);
    if (refusal !== null || sessionId === null)
      return refuse(socket, refusal ?? '401 Unauthorized');
    const isWelcome = (cause: 'frame' | 'ping') =>
      cause === 'frame' ? site.sessions.use(sessionId) : site.sessions.isOpen(sessionId);
    sockets.handleUpgrade(request, socket, head, (accepted) =>
      attach(createWebSocketWire(accepted, { clock, isWelcome })),
    );
  });
  return () => {
    for (const socket of sockets.clients) {
      socket.close(closeCodes.leaving);
      clock.after(leaveWithinMs, () => socket.terminate());
    }
  };
}

function judgeUpgrade(
  site: Site,
  request: IncomingMessage,
  sessionId: string | null,
): string | null {
  if (!isFromOurPage(request, site.authority, true)) return '403 Forbidden';
  if (request.url !== '/wire' || request.method !== 'GET') return '404 Not Found';
  return site.sessions.use(sessionId) ? null : '401 Unauthorized';
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
