import type { IncomingMessage } from 'node:http';

import { WebSocketServer, type WebSocket } from 'ws';

import type { Clock } from '#shared/contract/clock.ts';
import { streamCloseCodes, streamLimits, streamProtocol } from '#shared/team/stream-frames.ts';

import { RateLimit } from '../rate-limit.ts';
import type { UpgradeRequest } from '../relay-server.ts';
import { DesktopSocket } from './desktop-socket.ts';
import { Handshake } from './handshake.ts';
import { callerOf, isUnheard, judgeUpgrade } from './judge-upgrade.ts';
import { StreamCounts, type StreamEnd } from './stream-counts.ts';
import { WorkspaceStream, type WorkspaceParts } from './workspace-stream.ts';

/** Five wrong codes of one address at once, and one more every twelve seconds. */
const wrongCodes = { perSecond: 5 / 60, burst: 5 };
/** Desktops at once, of all workspaces. */
export const mostStreams = 2_000;
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

  #judge(request: IncomingMessage): { status: string; why: StreamEnd } | null {
    const busy = '503 Service Unavailable';
    if (this.#isStopping) return { status: busy, why: 'leaving' };
    const status = judgeUpgrade(request);
    if (status !== null) return { status, why: 'not-a-desktop' };
    if (this.#sockets.clients.size >= mostStreams) return { status: busy, why: 'overloaded' };
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
    new Handshake(socket, callerOf(request, behindProxy), {
      clock,
      counts,
      onKnown,
      relayId: this.#relayId,
      workspaces: this.workspaces,
      wrongCodes: this.#wrongCodes,
    });
  }
}
