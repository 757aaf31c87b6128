export type Pacing = {
  /** Parts in a second; null for no limit. */
  readonly limit: number | null;
  readonly pauseMs: number;
  readonly recoverEveryMs: number;
};

/** Past this many parts in a second an unlimited account counts as recovered. */
const fullPace = 1_000;

/**
 * How fast parts may leave. After a complaint nothing leaves for a pause, and then half as many as before; the pace grows back
 * by a tenth at a time. Times are milliseconds.
 */
export class Pace {
  readonly #pacing: Pacing;
  readonly #limit: number;
  #rate: number;
  #changedAt = 0;
  #pausedUntil = 0;
  #nextAt = 0;
  /** When parts left within the last second. */
  #recent: number[] = [];

  constructor(pacing: Pacing) {
    this.#pacing = pacing;
    this.#limit = pacing.limit ?? Number.POSITIVE_INFINITY;
    this.#rate = this.#limit;
  }

  /** How long until the next part may leave; 0 for now. */
  waitMs(now: number): number {
    this.#recover(now);
    return Math.max(0, Math.ceil(Math.max(this.#pausedUntil, this.#nextAt) - now));
  }

  noteSent(now: number): void {
    this.#recent = [...this.#recent.filter((at) => at > now - 1_000), now];
    const gap = 1_000 / this.#rate;
    this.#nextAt = Math.max(now - gap, this.#nextAt) + gap;
  }

  /** The carrier asked us to slow down. Complaints about what left before the pause count once. */
  slowDown(now: number): void {
    if (now < this.#pausedUntil) return;
    const lately = this.#recent.filter((at) => at > now - 1_000).length;
    const before = Number.isFinite(this.#rate) ? this.#rate : Math.max(2, lately);
    this.#rate = Math.max(1, before / 2);
    this.pause(now);
  }

  /** Nothing leaves for a while; the pace stays. */
  pause(now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + this.#pacing.pauseMs);
    this.#changedAt = this.#pausedUntil;
  }

  /** Parts in a second, as things stand. */
  rate(now: number): number {
    this.#recover(now);
    return this.#rate;
  }

  #recover(now: number): void {
    if (this.#rate >= this.#limit) return;
    const steps = Math.floor((now - this.#changedAt) / this.#pacing.recoverEveryMs);
    if (steps <= 0) return;
    const grown = this.#rate * 1.1 ** steps;
    this.#changedAt += steps * this.#pacing.recoverEveryMs;
    this.#rate = grown >= Math.min(this.#limit, fullPace) ? this.#limit : grown;
  }
}
