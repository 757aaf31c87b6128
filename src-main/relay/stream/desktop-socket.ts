import type { RawData, WebSocket } from 'ws';

import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import {
  desktopFrameSchema,
  streamCloseCodes,
  streamLimits,
  streamVersion,
  type DesktopFrame,
  type RelayFrame,
} from '#shared/team/stream-frames.ts';

import type { StreamCounts, StreamEnd } from './stream-counts.ts';

/** Milliseconds a desktop has to end the closing handshake. */
const closeWithinMs = 2_000;
/** Octets that may wait for a desktop in all: its connections, which come in one frame, and some more. */
const mostBufferedOctets = streamLimits.frameFromRelay + 4 * streamLimits.bufferedOctets;

type Ending = {
  readonly code: number;
  readonly why: StreamEnd;
  /** For whoever reads the log at the other end; at most 123 octets. */
  readonly reason: string;
};

export type SocketParts = { readonly clock: Clock; readonly counts: StreamCounts };

/** An accepted socket: frames that hold to the schema in and out, pings, and an end that is told once. */
export class DesktopSocket {
  readonly #socket: WebSocket;
  readonly #parts: SocketParts;
  #callOffBeat: () => void;
  #heardAt: number;
  #onFrame: (frame: DesktopFrame) => void = () => undefined;

  constructor(socket: WebSocket, parts: SocketParts) {
    this.#socket = socket;
    this.#parts = parts;
    this.#heardAt = parts.clock.now();
    this.#callOffBeat = parts.clock.after(streamLimits.pingEveryMs, () => this.#beat());
    socket.on('message', (data, isBinary) => this.#hear(data, isBinary));
    socket.on('pong', () => this.#noteHeard());
    // Too long a frame and the like: ws closes the socket with the code that says so.
    socket.on('error', () => parts.counts.countEnd('bad-frame'));
    socket.once('close', () => this.#callOffBeat());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Octets that the system has not taken yet. */
  get bufferedOctets(): number {
    return this.#socket.bufferedAmount;
  }

  onFrame(listener: (frame: DesktopFrame) => void): void {
    this.#onFrame = listener;
  }

  onClose(listener: () => void): void {
    this.#socket.once('close', listener);
  }

  /** Sends a frame, or ends the connection where far too much waits already: deliveries stop long before, answers do not. */
  send(frame: RelayFrame): void {
    if (!this.isOpen) return;
    if (this.bufferedOctets <= mostBufferedOctets) this.#socket.send(JSON.stringify(frame));
    else
      this.close({
        code: streamCloseCodes.slow,
        why: 'not-reading',
        reason: 'Too much is waiting to be read: connect again.',
      });
  }

  /** Sends a frame as it was written before; `onSent`, if given, is called when the system has taken it. */
  sendWritten(frame: Buffer, onSent: (() => void) | undefined): void {
    if (this.isOpen) this.#socket.send(frame, { binary: false }, onSent);
  }

  /** Stops and goes on hearing frames: what the desktop sends meanwhile waits on its side. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  close({ code, why, reason }: Ending): void {
    if (!this.isOpen) return;
    this.#parts.counts.countEnd(why);
    this.#close(code, reason);
  }

  /** Ends what is done. */
  closeDone(): void {
    if (this.isOpen) this.#close(1000, 'done');
  }

  closeBadFrame(reason: string): void {
    this.close({ code: streamCloseCodes.badFrame, why: 'bad-frame', reason });
  }

  closeRevoked(): void {
    const reason = 'This desktop was taken off the list: pair it anew.';
    this.close({ code: streamCloseCodes.revoked, why: 'revoked', reason });
  }

  closeTooMany(): void {
    const reason = 'This workspace has more accounts than can be told: divide them among several.';
    this.close({ code: streamCloseCodes.tooMany, why: 'too-many-connections', reason });
  }

  /** For what is no fault of the desktop and may go better later. */
  closeFailed(): void {
    const reason = 'The relay cannot do this now: try again later.';
    this.close({ code: streamCloseCodes.overloaded, why: 'failed', reason });
  }

  #close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    // A socket that is held would never hear the answer.
    this.#socket.resume();
    const callOff = this.#parts.clock.after(closeWithinMs, () => this.#socket.terminate());
    this.#socket.once('close', callOff);
  }

  #hear(data: RawData, isBinary: boolean): void {
    if (!this.isOpen) return;
    this.#noteHeard();
    if (isBinary) return this.closeBadFrame('A frame must be text.');
    const read = readFrame(data);
    if (read === 'version')
      return this.close({
        code: streamCloseCodes.version,
        why: 'version',
        reason: `This relay speaks version ${streamVersion} of the stream: update the older of the two.`,
      });
    if (read === null) return this.closeBadFrame('This is no frame of the stream.');
    this.#hand(read);
  }

  /** What goes wrong with one desktop, as where the list of desktops cannot be read, must not end the relay. */
  #hand(frame: DesktopFrame): void {
    try {
      this.#onFrame(frame);
    } catch (error) {
      writeLog('stream.failed', { error: error instanceof Error ? error.message : null });
      this.closeFailed();
    }
  }

  #noteHeard(): void {
    this.#heardAt = this.#parts.clock.now();
  }

  #beat(): void {
    if (this.#parts.clock.now() - this.#heardAt > streamLimits.deadAfterMs) {
      this.#parts.counts.countEnd('silent');
      this.#socket.terminate();
      return;
    }
    if (this.isOpen) this.#socket.ping();
    this.#callOffBeat = this.#parts.clock.after(streamLimits.pingEveryMs, () => this.#beat());
  }
}

/** A frame; `version` where it is the hello of another version, which may look otherwise; null where it is none. */
function readFrame(data: RawData): DesktopFrame | 'version' | null {
  try {
    const written: unknown = JSON.parse(textOf(data));
    if (isOfOtherVersion(written)) return 'version';
    const parsed = desktopFrameSchema.safeParse(written);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function isOfOtherVersion(written: unknown): boolean {
  if (typeof written !== 'object' || written === null) return false;
  if (!('type' in written) || !('version' in written)) return false;
  const { type, version } = written;
  const greets = type === 'hello' || type === 'pair';
  return greets && Number.isInteger(version) && version !== streamVersion;
}

function textOf(data: RawData): string {
  return Array.isArray(data)
    ? Buffer.concat(data).toString()
    : Buffer.from(data as Buffer).toString();
}
