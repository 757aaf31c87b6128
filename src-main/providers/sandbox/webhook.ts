import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { readJson } from '#main/http/read-json.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

/** How far a callback's time may lie from ours, either way, in milliseconds. */
const toleranceMs = 300_000;

/**
 * The guard of a connection's webhook. Besides the current secret, the one before it is good too where it is given, so
 * that a rotation loses nothing.
 */
export function openGuard(secrets: readonly string[]): WebhookGuard {
  return {
    authenticate: (raw) =>
      isFresh(raw) && secrets.some((secret) => isSignedWith(secret, raw)) ? 'authentic' : 'forged',
    dedupeKey,
    reply: () => ({ status: 200, type: 'application/json', body: '{}' }),
  };
}

function isFresh({ headers, receivedAt }: RawDelivery): boolean {
  const timestamp = headers['x-sandbox-timestamp'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(receivedAt - Number(timestamp) * 1_000) <= toleranceMs;
}

function isSignedWith(secret: string, { headers, body }: RawDelivery): boolean {
  const signature = headers['x-sandbox-signature'] ?? '';
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const signed = createHmac('sha256', secret);
  signed.update(`${headers['x-sandbox-timestamp'] ?? ''}.`).update(body);
  return timingSafeEqual(signed.digest(), Buffer.from(signature, 'hex'));
}

/** The event's id where it can be read; a call that cannot be understood is known by its bytes. */
function dedupeKey({ body }: RawDelivery): string {
  const read = readJson(body);
  const id = typeof read === 'object' && read !== null && 'id' in read ? read.id : undefined;
  if (typeof id === 'string' && /^[\x21-\x7e]{1,200}$/.test(id)) return `event ${id}`;
  return `body ${createHash('sha256').update(body).digest('hex')}`;
}
