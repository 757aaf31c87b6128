import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Clock } from '#shared/contract/clock.ts';

import type { DeliveryLog, StoredDelivery } from './delivery-log.ts';

const pageSize = 100;
/** Few enough that the rest of the program gets its turn soon. */
const mostTogether = 32;
const firstPauseMs = 250;
const longestPauseMs = 30_000;

/**
 * What stands in a follower's way.
 * `not-accepted` and `unreadable`: the same place is tried again after `retryInMs`. `trimmed`: deliveries after `after` and
 * before `next` left the log unread; the carrier's own list is where they still are. `ahead`: the cursor is past the end, so
 * it belongs to another log; everything in this one is handed over.
 */
export type FollowProblem =
  | {
      readonly kind: 'not-accepted';
      readonly seq: number;
      readonly error: unknown;
      readonly retryInMs: number;
    }
  | { readonly kind: 'unreadable'; readonly error: unknown; readonly retryInMs: number }
  | { readonly kind: 'trimmed'; readonly after: number; readonly next: number }
  | { readonly kind: 'ahead'; readonly cursor: number; readonly lastSeq: number };

export type Following = {
  readonly log: Pick<DeliveryLog, 'readAfter' | 'onAppended' | 'health'>;
  readonly clock: Clock;
  /** Number of the last delivery that was accepted for good; 0 before the first. */
  cursor(): number;
  /** Takes one delivery. It is accepted, and the cursor has moved, when this returns or resolves; a throw means "again". */
  accept(stored: StoredDelivery): void | Promise<void>;
  /**
   * Takes the first of these in one commit, where that is quicker, and returns how many it took; 0 where the first is to be
   * taken by itself. Where it throws it took none.
   */
  acceptTogether?(page: readonly StoredDelivery[]): number;
  onProblem(problem: FollowProblem): void;
};

/**
 * Hands over the deliveries of a log one by one, in order, from the cursor on and as they come. Nothing is passed over: a
 * delivery that is not accepted comes again until it is.
 */
export function followLog(following: Following): { stop(): Promise<void> } {
  const follower = new Follower(following);
  return { stop: () => follower.stop() };
}

class Follower {
  readonly #following: Following;
  readonly #done: Promise<void>;
  readonly #stopListening: () => void;
  #stopped = false;
  #appended = false;
  /** Number of the last delivery accepted; null until the cursor has been read. */
  #position: number | null = null;
  #failedReads = 0;
  #failedAccepts = 0;
  #wakeIdle: () => void = () => undefined;
  #wakeAny: () => void = () => undefined;

  constructor(following: Following) {
    this.#following = following;
    this.#stopListening = following.log.onAppended(() => {
      this.#appended = true;
      this.#wakeIdle();
    });
    this.#done = this.#run();
  }

  /** Hands over nothing more; resolves when the delivery being accepted is done with. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening();
    this.#wakeAny();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#appended = false;
      const page = await this.#read();
      if (page === null) continue;
      await this.#handOver(page);
      if (page.length === 0 && !this.#appended) await this.#idle();
    }
  }

  /** The next page; null where it could not be read and a pause has passed. */
  async #read(): Promise<readonly StoredDelivery[] | null> {
    try {
      this.#position ??= await this.#start();
      const page = await this.#following.log.readAfter(this.#position, pageSize);
      this.#failedReads = 0;
      return page;
    } catch (error) {
      const retryInMs = pauseAfter(this.#failedReads++);
      this.#following.onProblem({ kind: 'unreadable', error, retryInMs });
      await this.#pause(retryInMs);
      return null;
    }
  }

  /** Where to begin: at the cursor, or at the very beginning where the cursor cannot be of this log. */
  async #start(): Promise<number> {
    const cursor = this.#following.cursor();
    const { lastSeq } = await this.#following.log.health();
    if (cursor <= lastSeq) return cursor;
    this.#following.onProblem({ kind: 'ahead', cursor, lastSeq });
    return 0;
  }

  async #handOver(page: readonly StoredDelivery[]): Promise<void> {
    for (let rest = page; rest.length > 0;) {
      const [next] = rest;
      if (this.#stopped || next === undefined) return;
      const together = this.#acceptTogether(rest);
      if (together === 0 && !(await this.#accept(next))) return;
      rest = rest.slice(Math.max(together, 1));
      // Accepting may block and never wait; what else the program does gets its turn between two deliveries.
      await nextTurn();
    }
  }

  /** How many were taken at once: none where there is one alone, or a hole before it, or any trouble. */
  #acceptTogether(page: readonly StoredDelivery[]): number {
    const after = this.#position ?? 0;
    const joined = page.filter(({ seq }, index) => seq === after + 1 + index);
    if (joined.length < 2) return 0;
    try {
      const taken = this.#following.acceptTogether?.(joined.slice(0, mostTogether)) ?? 0;
      this.#position = after + taken;
      return taken;
    } catch {
      // Taken one by one, the one that makes trouble shows itself.
      return 0;
    }
  }

  async #accept(stored: StoredDelivery): Promise<boolean> {
    const after = this.#position ?? 0;
    try {
      await this.#following.accept(stored);
    } catch (error) {
      const retryInMs = pauseAfter(this.#failedAccepts++);
      this.#following.onProblem({ kind: 'not-accepted', seq: stored.seq, error, retryInMs });
      await this.#pause(retryInMs);
      return false;
    }
    this.#failedAccepts = 0;
    this.#position = stored.seq;
    if (stored.seq !== after + 1)
      this.#following.onProblem({ kind: 'trimmed', after, next: stored.seq });
    return true;
  }

  /** Waits for the next append, or for the stop. */
  async #idle(): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#wakeIdle = resolve;
      this.#wakeAny = resolve;
    });
  }

  /** Waits `ms`, or for the stop: what is appended meanwhile does not shorten a pause. */
  async #pause(ms: number): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      const callOff = this.#following.clock.after(ms, resolve);
      this.#wakeAny = () => {
        callOff();
        resolve();
      };
    });
  }
}

function pauseAfter(failures: number): number {
  return Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
}
