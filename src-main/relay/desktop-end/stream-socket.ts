import { type RawData, WebSocket } from 'ws';

import { log } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import {
  type DesktopFrame,
  type RelayFrame,
  relayFrameSchema,
  streamCloseCodes,
  streamLimits,
  streamProtocol,
} from '#shared/team/stream-frames.ts';

import {
  type StreamEnd,
  endOfClose,
  endOfOpening,
  notKeptEnd,
  oddFrameEnd,
  silentEnd,
} from './stream-end.ts';

export type SocketOptions = {
  /** `wss://…` or `ws://…`. Certificates are verified as Node does. */
  readonly url: string;
  readonly clock: Clock;
  onFrame(frame: RelayFrame): void;
  /** Called once, whatever ended it, but not after {@link StreamSocket.close}. */
  onEnd(end: StreamEnd): void;
};

/** Most pieces a frame may come in, so that a hostile one cannot cost more than its octets. */
const mostFragments = 1_024;

/** One WebSocket to a relay: frames checked, and a silent other end given up. */
export class StreamSocket {
  readonly #options: SocketOptions;
  readonly #socket: WebSocket;
  #status: number | null = null;
  #error: unknown = null;
  #opened = false;
  #ended = false;
  #heardAt: number;
  #cancelPing: () => void = () => undefined;
  #cancelDeath: () => void = () => undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#socket = new WebSocket(options.url, streamProtocol, {
      maxPayload: streamLimits.frameFromRelay,
      maxFragments: mostFragments,
      perMessageDeflate: false,
    });
    this.#listen();
    this.#awaitDeath(streamLimits.deadAfterMs);
    this.#planPing();
  }

  /** False where the frame is longer than a relay takes; then nothing was sent. */
  send(frame: DesktopFrame): boolean {
    const text = JSON.stringify(frame);
    if (Buffer.byteLength(text) > streamLimits.frameFromDesktop) return false;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
    return true;
  }

  /** Says goodbye with this code, and hears nothing more. */
  close(code: number = streamCloseCodes.leaving): void {
    if (this.#ended) return;
    this.#silence();
    this.#socket.close(code);
    // A relay that does not close its end within a moment is cut off.
    const cancel = this.#options.clock.after(1_000, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  /** Ends at once, for this reason. */
  end(end: StreamEnd, code?: number): void {
    if (this.#ended) return;
    if (code === undefined) {
      this.#silence();
      this.#socket.terminate();
    } else this.close(code);
    this.#options.onEnd(end);
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('open', () => (this.#opened = true));
    socket.on('message', (data, isBinary) => {
      this.#hear();
      if (!this.#ended) this.#read(data, isBinary);
    });
    socket.on('ping', () => this.#hear());
    socket.on('pong', () => this.#hear());
    socket.on('unexpected-response', (request, response) => {
      this.#status = response.statusCode ?? 0;
      request.destroy();
      socket.terminate();
    });
    socket.on('error', (error) => (this.#error ??= error));
    socket.on('close', (code) => {
      if (this.#ended) return;
      this.#silence();
      this.#options.onEnd(
        this.#opened ? endOfClose(code) : endOfOpening(this.#error, this.#status),
      );
    });
  }

  #read(data: RawData, isBinary: boolean): void {
    const frame = isBinary ? null : readFrame(data);
    if (frame === null) this.end(oddFrameEnd, streamCloseCodes.badFrame);
    else this.#hand(frame);
  }

  /** What fails here, as where the history cannot be read for a moment, must end the stream alone. */
  #hand(frame: RelayFrame): void {
    try {
      this.#options.onFrame(frame);
    } catch (error) {
      log('team.frame-failed', { reason: error instanceof Error ? error.name : 'unknown' });
      this.end(notKeptEnd, streamCloseCodes.leaving);
    }
  }

  #hear(): void {
    this.#heardAt = this.#options.clock.now();
  }

  #planPing(): void {
    this.#cancelPing = this.#options.clock.after(streamLimits.pingEveryMs, () => {
      if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
      this.#planPing();
    });
  }

  /* To the millisecond, so that a half-open connection is known in the promised time. */
  #awaitDeath(ms: number): void {
    this.#cancelDeath = this.#options.clock.after(ms, () => {
      const now = this.#options.clock.now();
      const left = this.#heardAt + streamLimits.deadAfterMs - now;
      if (left <= 0) return this.end(silentEnd);
      // A clock that was set back must not stretch the wait.
      this.#heardAt = Math.min(this.#heardAt, now);
      this.#awaitDeath(Math.min(left, streamLimits.deadAfterMs));
    });
  }

  #silence(): void {
    this.#ended = true;
    this.#cancelPing();
    this.#cancelDeath();
  }
}

function readFrame(data: RawData): RelayFrame | null {
  try {
    const read = relayFrameSchema.safeParse(JSON.parse(String(data)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
