import type { Clock } from '#shared/contract/clock.ts';
import type { Rate } from '#shared/throughput/throughput-tables.ts';

type Sent = {
  readonly started: number;
  /** By then it had come to the carrier; null while it is on its way. */
  answered: number | null;
};

/* Moments are whole milliseconds: two that are a second apart by them may be one less. */
const rounding = 2;

/**
 * Holds a rate where the texts arrive. That they left at the right moments does not do it, because a busy disk or network may make
 * some late, and the next ones then come too soon after them. When a text came to the carrier is known from its answer: no later
 * than that less the way back. So a text is handed over only when the one so many before it must have come a whole span before.
 */
export class Pacer {
  readonly #clock: Clock;
  /** As many as the rate's limit, oldest first. */
  readonly #sent: Sent[] = [];
  #shortestTrip = Infinity;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when it is this text's turn, with what is to be called once the carrier has answered. Turns are in order. */
  turn(rate: Rate): Promise<() => void> {
    const mine = this.#last.then(() => this.#await(rate));
    this.#last = mine;
    return mine;
  }

  async #await({ limit, within }: Rate): Promise<() => void> {
    const before = this.#sent.length < limit ? undefined : this.#sent.at(-limit);
    // Never longer than two spans, whatever became of the clock or of the answer.
    for (let waited = 0; before !== undefined && waited < within * 2;) {
      const ms = Math.min(this.#missing(before, within), within * 2 - waited);
      if (ms <= 0) break;
      await new Promise<void>((resolve) => void this.#clock.after(ms, resolve));
      waited += ms;
    }
    const sent: Sent = { started: this.#clock.now(), answered: null };
    this.#sent.push(sent);
    if (this.#sent.length > limit) this.#sent.splice(0, this.#sent.length - limit);
    return () => this.#note(sent);
  }

  /** Milliseconds until that text must have come a whole span before; while it is on its way, until it is worth looking again. */
  #missing({ started, answered }: Sent, within: number): number {
    const now = this.#clock.now();
    if (answered === null) return Math.max(started + within + rounding - now, 5);
    return answered - this.#shortestTrip + within + rounding - now;
  }

  #note(sent: Sent): void {
    sent.answered = this.#clock.now();
    const trip = sent.answered - sent.started;
    if (trip >= 0) this.#shortestTrip = Math.min(this.#shortestTrip, trip);
  }
}
