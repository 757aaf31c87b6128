import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import { streamLimits, type DesktopFrame } from '#shared/team/stream-frames.ts';

import type { DeliveryFrames } from './delivery-frames.ts';
import type { DesktopSocket } from './desktop-socket.ts';
import type { StreamCounts } from './stream-counts.ts';
import { takeAppend, type Appending, type AppendFrame } from './take-append.ts';
import type { DeliveryFrame } from './wire-delivery.ts';

/** Deliveries read from the log at once for one desktop that is behind. */
const pageSize = 32;
const tipEveryMs = 1_000;
const pauseAfterFailureMs = 1_000;
/** With less than this waiting to be sent, no delivery can be the one that fills the buffer, so none has to tell when it is sent. */
const wakeAboveOctets = streamLimits.bufferedOctets / 4;
/** Appends of one desktop under way; until one of them is stored it is not heard. */
const appendsAtOnce = 64;

export type DesktopStreamParts = Appending & {
  readonly socket: DesktopSocket;
  readonly frames: DeliveryFrames;
  readonly clock: Clock;
  readonly counts: StreamCounts;
  /** Number of the delivery before the first one to send. */
  readonly after: number;
};

/** One desktop after its welcome: deliveries out as far as its window allows, acknowledgements and events in. */
export class DesktopStream {
  readonly desktop: string;
  readonly #parts: DesktopStreamParts;
  /** Numbers sent and not acknowledged, in order: at most the window. */
  readonly #underWay: number[] = [];
  #sent: number;
  #acknowledged: number;
  #isPumping = false;
  #appends = 0;
  #isTipPlanned = false;
  #isOver = false;
  #stopFollowing: () => void = () => undefined;
  readonly #callOffs = new Set<() => void>();

  constructor(parts: DesktopStreamParts) {
    this.desktop = parts.desktop;
    this.#parts = parts;
    this.#sent = parts.after;
    this.#acknowledged = parts.after;
    parts.socket.onFrame((frame) => this.#hear(frame));
    parts.socket.onClose(() => this.#end());
  }

  /** Number of the last delivery that the desktop has committed. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  get socket(): DesktopSocket {
    return this.#parts.socket;
  }

  /** Begins sending. `lastSeq` is the log's newest number at this moment. */
  begin(lastSeq: number): void {
    this.#stopFollowing = this.#parts.frames.follow(lastSeq, () => this.#wake());
    this.#wake();
  }

  #wake(): void {
    const { frames } = this.#parts;
    if (this.#sent >= frames.head) return;
    if (!this.#isPumping) void this.#pump();
    if (this.#sent < frames.head) this.#planTip();
  }

  /** Sends until the window is full or there is no more. What does not fit is not kept: the place in the log is. */
  async #pump(): Promise<void> {
    const { frames } = this.#parts;
    this.#isPumping = true;
    try {
      while (this.#hasRoom() && this.#sent < frames.head) {
        const next = frames.recentAfter(this.#sent);
        if (next !== null) this.#push(next);
        else if (!(await this.#sendPage())) return;
      }
    } catch (error) {
      writeLog('stream.unreadable', { problem: error instanceof Error ? error.message : null });
      this.#after(pauseAfterFailureMs, () => this.#wake());
    } finally {
      this.#isPumping = false;
    }
  }

  async #sendPage(): Promise<boolean> {
    const room = streamLimits.unacknowledged - this.#underWay.length;
    const page = await this.#parts.frames.readAfter(this.#sent, Math.min(pageSize, room));
    for (const each of page) {
      if (!this.#hasRoom()) break;
      this.#push(each);
    }
    return page.length > 0;
  }

  #hasRoom(): boolean {
    const { socket } = this.#parts;
    return (
      socket.isOpen &&
      this.#underWay.length < streamLimits.unacknowledged &&
      socket.bufferedOctets < streamLimits.bufferedOctets
    );
  }

  #push({ seq, frame }: DeliveryFrame): void {
    this.#sent = seq;
    this.#underWay.push(seq);
    this.#parts.counts.deliveries += 1;
    const { socket } = this.#parts;
    const isFilling = socket.bufferedOctets > wakeAboveOctets;
    socket.sendWritten(frame, isFilling ? () => this.#wake() : undefined);
  }

  #hear(frame: DesktopFrame): void {
    switch (frame.type) {
      case 'ack':
        return this.#acknowledge(frame.seq);
      case 'append':
      case 'append-arrival':
        return void this.#append(frame);
      default:
        return this.#parts.socket.closeBadFrame('Hello was said already.');
    }
  }

  #acknowledge(seq: number): void {
    const { socket } = this.#parts;
    if (seq > this.#sent) return socket.closeBadFrame('Acknowledged what was not sent.');
    if (seq < this.#acknowledged) return socket.closeBadFrame('An acknowledgement went back.');
    this.#acknowledged = seq;
    const left = this.#underWay.findIndex((each) => each > seq);
    this.#underWay.splice(0, left < 0 ? this.#underWay.length : left);
    this.#wake();
  }

  async #append(frame: AppendFrame): Promise<void> {
    const { socket, counts } = this.#parts;
    this.#appends += 1;
    if (this.#appends >= appendsAtOnce) socket.hold(true);
    const answer = await takeAppend(this.#parts, frame);
    if (this.#appends === appendsAtOnce) socket.hold(false);
    this.#appends -= 1;
    if (answer.type === 'appended') counts.appended += 1;
    else counts.appendErrors += 1;
    socket.send(answer);
  }

  #planTip(): void {
    if (this.#isTipPlanned) return;
    this.#isTipPlanned = true;
    this.#after(tipEveryMs, () => {
      this.#isTipPlanned = false;
      const { head } = this.#parts.frames;
      if (this.#sent >= head) return;
      this.#parts.socket.send({ type: 'tip', lastSeq: head });
      // Frames that are no deliveries, such as its connections, may have filled the buffer, and nobody tells when they are sent.
      this.#wake();
    });
  }

  #after(ms: number, deed: () => void): void {
    if (this.#isOver) return;
    const callOff = this.#parts.clock.after(ms, () => {
      this.#callOffs.delete(callOff);
      deed();
    });
    this.#callOffs.add(callOff);
  }

  #end(): void {
    this.#isOver = true;
    this.#stopFollowing();
    for (const callOff of this.#callOffs) callOff();
  }
}
