import type { Clock } from '#shared/contract/clock.ts';

import type { Rate } from './intake-limits.ts';

/** Buckets remembered at most, so that a flood from many addresses cannot fill the memory. */
const mostBuckets = 10_000;

type Bucket = { tokens: number; at: number };

/** One token bucket for each key. */
export class RateLimit {
  readonly #rate: Rate;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
  }

  /** Is there a token left? Takes none. */
  allows(key: string): boolean {
    const bucket = this.#buckets.get(key);
    return bucket === undefined || this.#refill(bucket).tokens >= 1;
  }

  /** Takes a token; false where none is left. */
  take(key: string): boolean {
    const bucket = this.#refill(this.#buckets.get(key) ?? this.#addBucket(key));
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #refill(bucket: Bucket): Bucket {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - bucket.at) / 1_000) * this.#rate.perSecond;
    bucket.tokens = Math.min(this.#rate.burst, bucket.tokens + gained);
    bucket.at = now;
    return bucket;
  }

  #addBucket(key: string): Bucket {
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size >= mostBuckets && oldest !== undefined) this.#buckets.delete(oldest);
    const bucket = { tokens: this.#rate.burst, at: this.#clock.now() };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
