import type { Clock } from '#shared/contract/clock.ts';

type Deed = { readonly at: number; readonly deed: () => void };

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;
  #astray = 0;
  readonly #deeds = new Set<Deed>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now + this.#astray;
  }

  /** Somebody sets the clock on or back. No time passes by that: what is planned falls due no sooner. */
  jump(ms: number): void {
    this.#astray += ms;
  }

  after(ms: number, deed: () => void): () => void {
    const planned = { at: this.#now + ms, deed };
    this.#deeds.add(planned);
    return () => this.#deeds.delete(planned);
  }

  /** Deeds not done yet. */
  get planned(): number {
    return this.#deeds.size;
  }

  /** Moves on by `ms`, doing what falls due in its order, and lets what that set going settle. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (let next = this.#nextBefore(until); next; next = this.#nextBefore(until)) {
      this.#now = Math.max(this.#now, next.at);
      this.#deeds.delete(next);
      next.deed();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  #nextBefore(until: number): Deed | undefined {
    return [...this.#deeds].filter((each) => each.at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
