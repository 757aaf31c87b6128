import { createHash } from 'node:crypto';

import type { RawDelivery } from '#shared/provider/delivery.ts';

const dayMs = 86_400_000;
const mostNonces = 10_000;

/**
 * Remembers for a day which body a nonce came with. A repetition by the carrier has the same body; another body under a nonce
 * that was seen is somebody else's.
 */
export class UsedNonces {
  readonly #bodies = new Map<string, { readonly body: string; readonly at: number }>();

  /** Is this call the first with its nonce, or the same as the first? */
  admit(nonce: string, { body, receivedAt }: RawDelivery): boolean {
    const key = createHash('sha256').update(nonce).digest('base64');
    const digest = createHash('sha256').update(body).digest('base64');
    const known = this.#bodies.get(key);
    if (known !== undefined && receivedAt - known.at < dayMs) return known.body === digest;
    this.#bodies.delete(key);
    this.#bodies.set(key, { body: digest, at: receivedAt });
    const [oldest] = this.#bodies.keys();
    if (this.#bodies.size > mostNonces && oldest !== undefined) this.#bodies.delete(oldest);
    return true;
  }
}
