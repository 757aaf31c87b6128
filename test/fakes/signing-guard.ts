import { createHmac, timingSafeEqual } from 'node:crypto';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

/** Signature of a body posted to a URL, as {@link signingGuard} wants it in `x-signature`. */
export function signatureOf(secret: string, url: string, body: string | Uint8Array): string {
  return createHmac('sha256', secret).update(url).update('\n').update(body).digest('hex');
}

/** A carrier's guard as they commonly are: an HMAC over URL and body, and an id of the carrier's own in `x-id`. */
export function signingGuard(secret: string): WebhookGuard {
  return {
    authenticate(raw: RawDelivery) {
      const given = Buffer.from(raw.headers['x-signature'] ?? '');
      const expected = Buffer.from(signatureOf(secret, raw.url, raw.body));
      return given.length === expected.length && timingSafeEqual(given, expected)
        ? 'authentic'
        : 'forged';
    },
    dedupeKey: (raw) => raw.headers['x-id'] ?? signatureOf('', raw.url, raw.body),
    reply: () => ({ status: 200, type: 'text/xml', body: '<Response/>' }),
  };
}
