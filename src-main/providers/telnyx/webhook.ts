import { type KeyObject, createHash, createPublicKey, verify } from 'node:crypto';

import { readJson } from '#main/http/read-json.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

/** How far an event's time may lie from ours, either way, in seconds. */
const toleranceSeconds = 300;
/** What stands before the 32 octets of an Ed25519 key in its usual wrapping (RFC 8410). */
const wrapping = Buffer.from('302a300506032b6570032100', 'hex');

/** @throws where the 32 octets are no key */
function readKey(base64: string): KeyObject {
  const octets = Buffer.from(base64, 'base64');
  return createPublicKey({
    key: Buffer.concat([wrapping, octets]),
    format: 'der',
    type: 'spki',
  });
}

/**
 * The guard of a connection's webhook: every event is signed with the carrier's Ed25519 key. Besides the current key, the one
 * before it is good too where it is given, so that a change of keys loses nothing.
 */
export function openGuard(publicKeys: readonly string[]): WebhookGuard {
  const keys = publicKeys.map(readKey);
  return {
    authenticate: (raw) =>
      isFresh(raw) && keys.some((key) => isSignedWith(key, raw)) ? 'authentic' : 'forged',
    dedupeKey,
    // The carrier reads nothing but the status.
    reply: () => ({ status: 200, type: 'text/plain', body: '' }),
  };
}

function isFresh({ headers, receivedAt }: RawDelivery): boolean {
  const timestamp = headers['telnyx-timestamp'] ?? '';
  if (!/^\d{1,15}$/.test(timestamp)) return false;
  return Math.abs(Math.floor(receivedAt / 1_000) - Number(timestamp)) <= toleranceSeconds;
}

function isSignedWith(key: KeyObject, { headers, body }: RawDelivery): boolean {
  const signature = headers['telnyx-signature-ed25519'] ?? '';
  if (!/^[A-Za-z0-9+/]{86}==$/.test(signature)) return false;
  const signed = Buffer.concat([Buffer.from(`${headers['telnyx-timestamp'] ?? ''}|`), body]);
  return verify(null, signed, key, Buffer.from(signature, 'base64'));
}

/** The event's id, which repetitions and the second address share; what cannot be understood is known by its bytes. */
function dedupeKey({ body }: RawDelivery): string {
  const id = idOf(readJson(body));
  if (typeof id === 'string' && /^[\x21-\x7e]{1,200}$/.test(id)) return `event ${id}`;
  return `body ${createHash('sha256').update(body).digest('hex')}`;
}

function idOf(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || !('data' in event)) return undefined;
  const { data } = event;
  return typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
}
