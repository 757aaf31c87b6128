import type { Envelope } from '../wire/envelope.ts';

/** Milliseconds an answer is kept for a request that is sent again (RFC 3261 17.2.2, timer J). */
const keptMs = 32_000;
const mostKept = 2_000;

type Kept = { readonly since: number; answer: Uint8Array | null };

/** Answers that were given lately, so that a request that comes again gets the same one and is worked on once. */
export class ServerTransactions {
  readonly #kept = new Map<string, Kept>();

  /**
   * Opens a transaction. `new`: work on it, and hand its answer to {@link close}. A repeated one brings the answer it had;
   * null while that is still being worked on.
   */
  open(request: Envelope, now: number): 'new' | { readonly answer: Uint8Array | null } {
    this.#forget(now);
    const key = keyOf(request);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    this.#kept.set(key, { since: now, answer: null });
    return 'new';
  }

  close(request: Envelope, answer: Uint8Array): void {
    const kept = this.#kept.get(keyOf(request));
    if (kept !== undefined) kept.answer = answer;
  }

  #forget(now: number): void {
    for (const [key, { since }] of this.#kept) {
      if (now - since < keptMs && this.#kept.size < mostKept) return;
      this.#kept.delete(key);
    }
  }
}

/* An ACK belongs to the INVITE it acknowledges, and every other method stands for itself (RFC 3261 17.2.3). */
function keyOf({ via, cseq, callId }: Envelope): string {
  return `${via.branch} ${via.sentBy} ${cseq.method} ${callId} ${cseq.number}`;
}
