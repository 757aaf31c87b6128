import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { Clock } from '#shared/contract/clock.ts';

export type Exchange =
  | { readonly kind: 'opened'; readonly sessionId: string }
  | { readonly kind: 'wrong' }
  /** Too many wrong tokens came; nothing is looked at for `forMs` milliseconds. */
  | { readonly kind: 'locked'; readonly forMs: number };

/** Octets of a token and of a session's id: 256 bits. */
const secretOctets = 32;
/** Milliseconds without use after which a session ends. */
const idleMs = 12 * 3_600_000;
/** Milliseconds for which a token made for one browser is good. */
const onceMs = 120_000;
/** So many wrong tokens within `wrongWithinMs` lock the exchange for `lockMs`. */
const wrongAllowed = 10;
const wrongWithinMs = 60_000;
const lockMs = 60_000;
/** Beyond these the session longest unused ends. */
const maxSessions = 32;

/**
 * Who may use the served screen: whoever has brought the token printed at the start, which is good for as long as this program
 * runs, or one made for a single use. Only digests of what is secret are kept and compared.
 */
export class Sessions {
  readonly token = newSecret();
  readonly #clock: Clock;
  readonly #tokenDigest = digestOf(this.token);
  /** Digest in hex of each single-use token, and the time it ends. */
  readonly #once = new Map<string, number>();
  /** Digest in hex of each session's id, and the time of its last use; the longest unused comes first. */
  readonly #usedAt = new Map<string, number>();
  #wrongAt: number[] = [];
  #lockedUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A token that opens one session within two minutes: for a command line, which others on the machine can read. */
  makeSingleUseToken(): string {
    const token = newSecret();
    this.#once.set(keyOf(token), this.#clock.now() + onceMs);
    return token;
  }

  /** Opens a session for a right token. */
  exchange(token: string): Exchange {
    const now = this.#clock.now();
    if (now < this.#lockedUntil) return { kind: 'locked', forMs: this.#lockedUntil - now };
    if (this.#isToken(token, now)) return { kind: 'opened', sessionId: this.#open(now) };
    this.#wrongAt = [...this.#wrongAt.filter((at) => now - at < wrongWithinMs), now];
    if (this.#wrongAt.length >= wrongAllowed) {
      this.#lockedUntil = now + lockMs;
      this.#wrongAt = [];
    }
    return { kind: 'wrong' };
  }

  /** Is there such a session? If so, it was used now. */
  use(sessionId: string | null): boolean {
    if (sessionId === null || !this.isOpen(sessionId)) return false;
    const key = keyOf(sessionId);
    this.#usedAt.delete(key);
    this.#usedAt.set(key, this.#clock.now());
    return true;
  }

  isOpen(sessionId: string): boolean {
    const key = keyOf(sessionId);
    const usedAt = this.#usedAt.get(key);
    if (usedAt === undefined) return false;
    if (this.#clock.now() - usedAt < idleMs) return true;
    this.#usedAt.delete(key);
    return false;
  }

  #isToken(token: string, now: number): boolean {
    if (timingSafeEqual(digestOf(token), this.#tokenDigest)) return true;
    const endsAt = this.#once.get(keyOf(token));
    this.#once.delete(keyOf(token));
    return endsAt !== undefined && now < endsAt;
  }

  #open(now: number): string {
    const sessionId = newSecret();
    this.#usedAt.set(keyOf(sessionId), now);
    const [longestUnused] = this.#usedAt.keys();
    if (this.#usedAt.size > maxSessions && longestUnused !== undefined)
      this.#usedAt.delete(longestUnused);
    return sessionId;
  }
}

function newSecret(): string {
  return randomBytes(secretOctets).toString('base64url');
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function keyOf(secret: string): string {
  return digestOf(secret).toString('hex');
}
