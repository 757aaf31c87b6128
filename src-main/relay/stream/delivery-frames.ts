import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';

import type { DeliveryLog } from '../delivery-log.ts';
import { toFrame, type DeliveryFrame } from './wire-delivery.ts';

/** What is kept in memory of the newest deliveries: as many octets, whoever has read them. */
const recentOctets = 8 * 1_024 * 1_024;
const pageSize = 100;
const pauseAfterFailureMs = 1_000;

/**
 * The frames of one log. The newest lie in memory, written once, for all desktops that keep up; who is further behind reads
 * pages of the log. Nothing is queued for anybody.
 */
export class DeliveryFrames {
  readonly #log: DeliveryLog;
  readonly #clock: Clock;
  /** Frames by the number that goes before theirs, oldest first. */
  readonly #recent = new Map<number, DeliveryFrame>();
  readonly #followers = new Set<() => void>();
  readonly #stopListening: () => void;
  #octets = 0;
  /** The number under which the oldest frame in memory lies. */
  #oldest = 0;
  #head = 0;
  #newest = 0;
  #isReading = false;
  #callOff: () => void = () => undefined;

  constructor(log: DeliveryLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
    this.#stopListening = log.onAppended((lastSeq) => this.#hear(lastSeq));
  }

  /** Number up to which deliveries can be had. */
  get head(): number {
    return this.#head;
  }

  /** Calls `onMore` whenever there is more. `lastSeq` is the log's newest number at this moment. Returns the way to stop. */
  follow(lastSeq: number, onMore: () => void): () => void {
    if (this.#followers.size === 0) this.#beginAt(lastSeq);
    this.#followers.add(onMore);
    this.#hear(lastSeq);
    return () => this.#followers.delete(onMore);
  }

  /** The delivery after this number, where it lies in memory. */
  recentAfter(seq: number): DeliveryFrame | null {
    return this.#recent.get(seq) ?? null;
  }

  /** At most `limit` deliveries after this number, from the log. */
  async readAfter(seq: number, limit: number): Promise<DeliveryFrame[]> {
    return (await this.#log.readAfter(seq, limit)).map(toFrame);
  }

  stop(): void {
    this.#stopListening();
    this.#callOff();
    this.#followers.clear();
  }

  /** While nobody follows, nothing is read, so what is in memory ends before the newest. */
  #beginAt(lastSeq: number): void {
    this.#recent.clear();
    this.#octets = 0;
    this.#oldest = lastSeq;
    this.#head = lastSeq;
  }

  #hear(lastSeq: number): void {
    this.#newest = Math.max(this.#newest, lastSeq);
    if (!this.#isReading) void this.#readOn();
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#followers.size > 0 && this.#head < this.#newest) {
        const page = await this.readAfter(this.#head, pageSize);
        if (page.length === 0) break;
        page.forEach((each) => this.#add(each));
        for (const tell of this.#followers) tell();
      }
    } catch (error) {
      writeLog('stream.unreadable', { problem: error instanceof Error ? error.message : null });
      // What comes meanwhile is read for, too; only the newest try is still to come.
      this.#callOff();
      this.#callOff = this.#clock.after(pauseAfterFailureMs, () => this.#hear(this.#newest));
    } finally {
      this.#isReading = false;
    }
  }

  /** Where the first follower came anew meanwhile, the head is past what was being read. */
  #add(added: DeliveryFrame): void {
    if (added.seq <= this.#head) return;
    this.#recent.set(this.#head, added);
    this.#head = added.seq;
    this.#octets += added.frame.length;
    while (this.#octets > recentOctets) this.#forgetOldest();
  }

  /** Each frame lies under the number of the one before it, so they are a chain: no search through what is long gone. */
  #forgetOldest(): void {
    const oldest = this.#recent.get(this.#oldest);
    if (oldest === undefined) throw new Error('the frames in memory are no chain');
    this.#recent.delete(this.#oldest);
    this.#octets -= oldest.frame.length;
    this.#oldest = oldest.seq;
  }
}
