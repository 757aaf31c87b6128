export type Pacing = {
  /** Parts in a second; null for no limit. */
  readonly limit: number | null;
  readonly pauseMs: number;
  readonly recoverEveryMs: number;
};

/** The second in which no more parts may arrive than agreed, and what the road may lengthen or shorten it by; milliseconds. */
const second = 1_010;
/** A part that leaves late by no more than this does not put off those behind it; milliseconds. */
const slack = 20;

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
  /** When the parts of the last second left. */
  readonly #recent: number[] = [];

  constructor(pacing: Pacing) {
    this.#pacing = pacing;
    this.#limit = pacing.limit ?? Number.POSITIVE_INFINITY;
    this.#rate = this.#limit;
  }

  /** How long until the next part may leave; 0 for now. */
  waitMs(now: number): number {
    this.#recover(now);
    const from = Math.max(this.#pausedUntil, this.#nextAt, this.#secondIsOver(now));
    return Math.max(0, Math.ceil(from - now));
  }

  noteSent(now: number): void {
    this.#forget(now);
    this.#recent.push(now);
    const gap = 1_000 / this.#rate;
    this.#nextAt = Math.max(now - Math.min(gap, slack), this.#nextAt) + gap;
  }

  /** The carrier asked us to slow down. Complaints about what left before the pause count once. */
  slowDown(now: number): void {
    if (now < this.#pausedUntil) return;
    this.#forget(now);
    const before = Number.isFinite(this.#rate) ? this.#rate : Math.max(2, this.#recent.length);
    this.#rate = Math.max(1, before / 2);
    this.pause(now);
  }

  /** Nothing leaves for a while; the pace stays. */
  pause(now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + this.#pacing.pauseMs);
    this.#changedAt = this.#pausedUntil;
  }

  /** When the last second will hold one part fewer than it may. */
  #secondIsOver(now: number): number {
    const most = Math.floor(this.#rate);
    if (!Number.isFinite(most)) return 0;
    this.#forget(now);
    const inTheWay = this.#recent[this.#recent.length - most];
    return inTheWay === undefined ? 0 : inTheWay + second;
  }

  #forget(now: number): void {
    while ((this.#recent[0] ?? now) <= now - second) this.#recent.shift();
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
