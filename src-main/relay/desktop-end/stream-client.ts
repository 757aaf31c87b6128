import type { Clock } from '#shared/contract/clock.ts';
import {
  type RelayFrame,
  streamCloseCodes,
  streamLimits,
  streamVersion,
} from '#shared/team/stream-frames.ts';

import type { Appended } from '../delivery-log.ts';
import { signHello } from './desktop-key.ts';
import { PendingAppends, type ToAppend, offline } from './pending-appends.ts';
import {
  type StreamEnd,
  keyEnd,
  lateEnd,
  oddFrameEnd,
  otherRelayEnd,
  versionEnd,
} from './stream-end.ts';
import { StreamSocket } from './stream-socket.ts';

export type Welcome = Extract<RelayFrame, { type: 'welcome' }>;
/** What the relay tells after its welcome. */
export type Told = Extract<RelayFrame, { type: 'connections' | 'members' | 'delivery' | 'tip' }>;

export type StreamClientParts = {
  readonly streamUrl: string;
  /** As whom this desktop was paired, and with which relay. */
  readonly desktop: string;
  readonly relay: string;
  /** From {@link makeDesktopKey}; null where it is not to be had. */
  readonly privateKey: string | null;
  readonly clock: Clock;
  /** A number from 0 up to 1, such as Math.random gives. */
  readonly random: () => number;
  /** Asked before each hello: the log followed last, null at the first time, and its last delivery that is committed here. */
  cursor(): { readonly log: string | null; readonly after: number };
  onWelcome(welcome: Welcome): void;
  /** False where it breaks the order that was agreed upon: the stream is then begun anew. */
  onTold(told: Told): boolean;
  /** The stream, or the try to open one, ended. Where the end is not final another try follows by itself. */
  onLost(end: StreamEnd): void;
};

/* Milliseconds: the longest wait before the first new try, doubled for each one after it, up to the longest. */
const firstWaitMs = 500;
const longestWaitMs = 60_000;
/** A stream that held for so long makes the waits begin small again. */
const heldLongMs = 60_000;

/**
 * Keeps one stream to a relay open until it is closed or told that there is no use. After a loss it waits a random time
 * before each try (full jitter), so that desktops that lost their relay together do not all come back at once.
 */
export class StreamClient {
  readonly #parts: StreamClientParts;
  #socket: StreamSocket | null = null;
  #appends: PendingAppends | null = null;
  #losses = 0;
  #welcomedAt: number | null = null;
  #closed = false;
  #callOff: () => void = () => undefined;

  constructor(parts: StreamClientParts) {
    this.#parts = parts;
    this.#open();
  }

  /** Tells the relay that everything up to this number is committed here. */
  acknowledge(seq: number): void {
    if (this.#welcomedAt === null) return;
    // A stream that gets things done is worth being back soon, however short it holds.
    this.#losses = 0;
    this.#socket?.send({ type: 'ack', seq });
  }

  /** Resolves once the relay has it for good; rejects with `NotAppended`, at once where there is no connection. */
  append(wanted: ToAppend): Promise<Appended> {
    return this.#appends?.append(wanted) ?? Promise.reject(offline());
  }

  /** Ends this stream and begins another one. */
  beginAnew(end: StreamEnd): void {
    this.#socket?.end(end, streamCloseCodes.leaving);
  }

  /** Ends the stream for good. */
  close(): void {
    this.#closed = true;
    this.#socket?.close();
    this.#drop();
  }

  #open(): void {
    const { clock, streamUrl, privateKey } = this.#parts;
    if (privateKey === null) return this.#stop(keyEnd);
    const socket = new StreamSocket({
      url: streamUrl,
      clock,
      onFrame: (frame) => this.#hear(frame, privateKey),
      onEnd: (end) => this.#lose(end),
    });
    this.#socket = socket;
    this.#callOff = clock.after(streamLimits.helloWithinMs, () => socket.end(lateEnd));
  }

  #hear(frame: RelayFrame, privateKey: string): void {
    if (this.#welcomedAt === null) this.#greet(frame, privateKey);
    else if (!this.#take(frame)) this.#socket?.end(oddFrameEnd, streamCloseCodes.badFrame);
  }

  #greet(frame: RelayFrame, privateKey: string): void {
    if (frame.type === 'challenge') this.#answer(frame, privateKey);
    else if (frame.type === 'welcome') this.#begin(frame);
    else this.#socket?.end(oddFrameEnd, streamCloseCodes.badFrame);
  }

  #answer(challenge: Extract<RelayFrame, { type: 'challenge' }>, privateKey: string): void {
    const { desktop, relay } = this.#parts;
    const { version, nonce } = challenge;
    if (version !== streamVersion)
      return this.#socket?.end(versionEnd(version, streamVersion), streamCloseCodes.version);
    if (challenge.relay !== relay)
      return this.#socket?.end(otherRelayEnd, streamCloseCodes.leaving);
    const signature = trySigning(privateKey, { relay, nonce, desktop });
    if (signature === null) return this.#socket?.end(keyEnd, streamCloseCodes.leaving);
    const hello = { type: 'hello', version, desktop, signature, ...this.#parts.cursor() } as const;
    this.#socket?.send(hello);
  }

  #begin(welcome: Welcome): void {
    const { clock } = this.#parts;
    this.#callOff();
    this.#welcomedAt = clock.now();
    this.#appends = new PendingAppends(clock, (frame) => this.#socket?.send(frame) ?? true);
    this.#parts.onWelcome(welcome);
  }

  #take(frame: RelayFrame): boolean {
    switch (frame.type) {
      case 'appended':
      case 'not-appended':
        this.#appends?.hear(frame);
        return true;
      case 'connections':
      case 'members':
      case 'delivery':
      case 'tip':
        return this.#parts.onTold(frame);
      default:
        return false;
    }
  }

  #lose(end: StreamEnd): void {
    const { clock, random } = this.#parts;
    const heldFor = clock.now() - (this.#welcomedAt ?? clock.now());
    this.#drop();
    if (this.#closed) return;
    if (end.final) return this.#stop(end);
    if (heldFor >= heldLongMs) this.#losses = 0;
    const atMost = Math.min(longestWaitMs, firstWaitMs * 2 ** this.#losses);
    this.#losses += 1;
    this.#callOff = clock.after(random() * atMost, () => this.#open());
    this.#parts.onLost(end);
  }

  #stop(end: StreamEnd): void {
    this.#closed = true;
    this.#parts.onLost(end);
  }

  #drop(): void {
    this.#callOff();
    this.#socket = null;
    this.#welcomedAt = null;
    const appends = this.#appends;
    this.#appends = null;
    appends?.lose();
  }
}

function trySigning(
  privateKey: string,
  parts: { readonly relay: string; readonly nonce: string; readonly desktop: string },
): string | null {
  try {
    return signHello(privateKey, parts);
  } catch {
    return null;
  }
}
