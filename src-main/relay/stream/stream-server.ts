import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

import { WebSocketServer, type WebSocket } from 'ws';

import type { Clock } from '#shared/contract/clock.ts';
import {
  streamCloseCodes,
  streamLimits,
  streamPath,
  streamProtocol,
} from '#shared/team/stream-frames.ts';

import { addressKey, isLoopback } from '../caller-address.ts';
import { RateLimit } from '../rate-limit.ts';
import type { UpgradeRequest } from '../relay-server.ts';
import { DesktopSocket } from './desktop-socket.ts';
import { Handshake } from './handshake.ts';
import { StreamCounts, type StreamEnd } from './stream-counts.ts';
import { WorkspaceStream, type WorkspaceParts } from './workspace-stream.ts';

/** Five wrong codes of one address at once, and one more every twelve seconds. */
const wrongCodes = { perSecond: 5 / 60, burst: 5 };
const mostSockets = 2_000;
/** A frame of 64 KiB comes in a few pieces; more are no desktop's. */
const mostFragments = 128;
const mostBufferedChunks = 4_096;
const leaveWithinMs = 1_000;

export type StreamServerParts = {
  readonly clock: Clock;
  /** At least one; the id of the first one's desktop list is the relay's. */
  readonly workspaces: readonly WorkspaceParts[];
  /** A proxy on the way, which alone reaches this relay, speaks TLS with the desktops. */
  readonly behindProxy: boolean;
};

/** Serves `/stream` to the desktops of all workspaces. */
export class StreamServer {
  readonly counts = new StreamCounts();
  readonly workspaces: readonly WorkspaceStream[];
  readonly #parts: StreamServerParts;
  readonly #relayId: string;
  readonly #wrongCodes: RateLimit;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: streamLimits.frameFromDesktop,
    maxFragments: mostFragments,
    maxBufferedChunks: mostBufferedChunks,
    perMessageDeflate: false,
    handleProtocols: () => streamProtocol,
  });
  #isStopping = false;

  constructor(parts: StreamServerParts) {
    const { clock, workspaces } = parts;
    this.#parts = parts;
    this.#relayId = workspaces[0]?.desktops.relayId ?? '';
    this.#wrongCodes = new RateLimit(wrongCodes, clock);
    this.workspaces = workspaces.map(
      (each) => new WorkspaceStream(each, { clock, counts: this.counts }),
    );
  }

  /** Takes a request to upgrade. */
  upgrade({ request, socket, head, trust }: UpgradeRequest): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.#judge(request);
    if (refusal !== null) {
      this.counts.countEnd(refusal.why);
      socket.end(`HTTP/1.1 ${refusal.status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (accepted) =>
      this.#accept(accepted, request, trust),
    );
  }

  /** Says goodbye to every desktop and waits a moment for theirs. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const clients = [...this.#sockets.clients];
    const gone = clients.map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const socket of clients) socket.close(streamCloseCodes.leaving, 'The relay is stopping.');
    const cut = setTimeout(() => clients.forEach((socket) => socket.terminate()), leaveWithinMs);
    await Promise.all(gone);
    clearTimeout(cut);
    for (const workspace of this.workspaces) workspace.stop();
  }

  #judge({ url, method, headers }: IncomingMessage): { status: string; why: StreamEnd } | null {
    if (this.#isStopping) return { status: '503 Service Unavailable', why: 'leaving' };
    if (url !== streamPath || method !== 'GET')
      return { status: '404 Not Found', why: 'not-a-desktop' };
    // Browsers always say where a page is from; a desktop is no page.
    if (headers.origin !== undefined) return { status: '403 Forbidden', why: 'not-a-desktop' };
    const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
    if (!offered.includes(streamProtocol))
      return { status: '400 Bad Request', why: 'not-a-desktop' };
    if (this.#sockets.clients.size >= mostSockets)
      return { status: '503 Service Unavailable', why: 'overloaded' };
    return null;
  }

  #accept(accepted: WebSocket, request: IncomingMessage, onKnown: () => void): void {
    const { clock, behindProxy } = this.#parts;
    const { counts } = this;
    const socket = new DesktopSocket(accepted, { clock, counts });
    if (!behindProxy && !isUnheard(request))
      return socket.close({
        code: streamCloseCodes.unprotected,
        why: 'unprotected',
        reason:
          'Start the relay with --tls-cert and --tls-key, or --behind-proxy behind a TLS proxy.',
      });
    new Handshake(socket, addressOf(request, behindProxy), {
      clock,
      counts,
      onKnown,
      relayId: this.#relayId,
      workspaces: this.workspaces,
      wrongCodes: this.#wrongCodes,
    });
  }
}

/** Can nobody on the way listen? By TLS, or because the way does not leave this machine. */
function isUnheard({ socket }: IncomingMessage): boolean {
  if (socket instanceof TLSSocket) return true;
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(socket.localAddress ?? '');
}

/** Behind a proxy the last address it names is the caller's: what stands before it the caller may have made up. */
function addressOf({ socket, headers }: IncomingMessage, behindProxy: boolean): string {
  const named =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? '';
  return addressKey(behindProxy && named !== '' ? named : (socket.remoteAddress ?? ''));
}
