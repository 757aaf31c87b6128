import { createHash } from 'node:crypto';

import { readJson } from '#main/http/read-json.ts';
import { sameText } from '#main/http/same-text.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

import { readParameters } from './sms-parameters.ts';
import { type SignatureMethod, signParameters } from './sms-signature.ts';
import { type WebhookClaims, hashOfPayload, verifyWebhookToken } from './webhook-token.ts';

/** Who a callback must be from. Besides the current secret, the one before it is good too where it is given. */
export type Signer = {
  readonly secrets: readonly string[];
  readonly apiKey: string;
  readonly applicationId: string | null;
};

/** How far ahead of our clock, in milliseconds, a callback may have been signed. */
const aheadMs = 300_000;
/**
 * How long ago, in milliseconds, a callback of the Messages API may have been signed. A callback is tried again for a day, and
 * nothing says that it is signed anew; one that comes twice does nothing twice, because its key is known.
 */
const oldestMessageMs = 86_400_000;
/** The same for the SMS API. */
const oldestSmsMs = 300_000;

/** Stored: Vonage wants any 2xx. */
const reply = (): ReturnType<WebhookGuard['reply']> => ({
  status: 200,
  type: 'application/json',
  body: '{}',
});

/** The guard of callbacks of the Messages API, each signed by a token in its Authorization header. */
export function openMessageGuard(signer: Signer): WebhookGuard {
  return {
    authenticate: (raw) => (isSignedMessage(raw, signer) ? 'authentic' : 'forged'),
    dedupeKey: keyOfMessage,
    reply,
  };
}

function isSignedMessage(raw: RawDelivery, signer: Signer): boolean {
  const claims = verifyWebhookToken(raw.headers['authorization'] ?? '', signer.secrets);
  return (
    claims !== null &&
    isFresh(claims.iat, raw.receivedAt, oldestMessageMs) &&
    isInForce(claims, raw.receivedAt) &&
    isOurs(claims, signer) &&
    sameText(claims.payload_hash, hashOfPayload(raw.body))
  );
}

/** Seconds since 1970 against our clock in milliseconds. */
function isFresh(seconds: number, receivedAt: number, oldestMs: number): boolean {
  const age = receivedAt - seconds * 1_000;
  return age >= -aheadMs && age <= oldestMs;
}

/** Vonage sets no bounds of its own today; where a token has them, they hold. */
function isInForce({ exp, nbf }: WebhookClaims, receivedAt: number): boolean {
  const seconds = Math.floor(receivedAt / 1_000);
  return (exp === undefined || seconds < exp) && (nbf === undefined || nbf <= seconds);
}

function isOurs(claims: WebhookClaims, { apiKey, applicationId }: Signer): boolean {
  const { application_id: theirs } = claims;
  if (!sameText(claims.api_key, apiKey)) return false;
  return applicationId === null || theirs === undefined || sameText(theirs, applicationId);
}

/** A text is known by its id. A receipt is known by all it says, as a text has several and a repetition has the same bytes. */
function keyOfMessage({ body }: RawDelivery): string {
  const read = readJson(body);
  if (typeof read === 'object' && read !== null && !('status' in read) && 'message_uuid' in read) {
    const { message_uuid: id } = read;
    if (typeof id === 'string' && /^[\x21-\x7e]{1,200}$/.test(id)) return `message ${id}`;
  }
  return `body ${hashOfPayload(body)}`;
}

/** The guard of callbacks of the SMS API, each signed by a parameter of its own. */
export function openSmsGuard(signer: Signer, method: SignatureMethod): WebhookGuard {
  return {
    authenticate: (raw) => (isSignedSms(raw, signer, method) ? 'authentic' : 'forged'),
    dedupeKey: keyOfSms,
    reply,
  };
}

function isSignedSms(raw: RawDelivery, signer: Signer, method: SignatureMethod): boolean {
  const parameters = readParameters(raw);
  const signature = parameters?.get('sig')?.toLowerCase() ?? '';
  const timestamp = parameters?.get('timestamp') ?? '';
  if (parameters === null || !/^[0-9a-f]{32,128}$/.test(signature)) return false;
  const good = signer.secrets.some((secret) =>
    sameText(signParameters(parameters, { method, secret }), signature),
  );
  const isFromUs = sameText(parameters.get('api-key') ?? signer.apiKey, signer.apiKey);
  if (!good || !isFromUs || !/^\d{1,12}$/.test(timestamp)) return false;
  return isFresh(Number(timestamp), raw.receivedAt, oldestSmsMs);
}

/** What says when and how a callback was pushed, not what it tells: a repetition may have others. */
const ofThePush: ReadonlySet<string> = new Set(['sig', 'timestamp', 'nonce', 'message-timestamp']);

function keyOfSms(raw: RawDelivery): string {
  const parameters = readParameters(raw);
  if (parameters === null) return `body ${hashOfPayload(raw.body)}`;
  const told = [...parameters].filter(([name]) => !ofThePush.has(name));
  const text = JSON.stringify(told.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `told ${createHash('sha256').update(text).digest('hex')}`;
}
