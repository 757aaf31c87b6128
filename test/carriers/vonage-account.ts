import { type KeyObject, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import type { ApiCall, ApiReply } from './loopback-api.ts';

/** The account of the local Vonage, as its dashboard would show it. */
export const apiKey = 'abcd1234';
export const apiSecret = 'S3cret-of-the-account';
export const applicationId = '78d335fa-323d-4114-9c3d-d6f0d48968cf';
export const signatureSecret = 'signature-secret-of-the-account-0123456789';
export const ours = '15550101000';

const makeKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string;

/** The application's private key, and one of an application elsewhere. */
export const privateKey: string = makeKey();
export const strangersKey: string = makeKey();
export const publicKey: KeyObject = createPublicKey(privateKey);

/** Does the call sign in by the account's key and secret? Older endpoints take them as parameters too. */
export function isOfAccount({ headers, query }: ApiCall, alsoAsParameters = false): boolean {
  const basic = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  if (headers.authorization === basic) return true;
  const asParameters = query.get('api_key') === apiKey && query.get('api_secret') === apiSecret;
  return alsoAsParameters && headers.authorization === undefined && asParameters;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Remembers the tokens it has seen: each is good once. */
export class TokenJudge {
  readonly #seen = new Set<string>();

  /** Does the call sign in as the application, by a token that is in force and was never used? */
  isOfApplication({ headers }: ApiCall): boolean {
    const [all, head = '', claims = '', signature = ''] =
      /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
    if (all === undefined) return false;
    const { alg, typ } = decode(head);
    const bytes = Buffer.from(signature, 'base64url');
    const isSigned = verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), publicKey, bytes);
    if (alg !== 'RS256' || typ !== 'JWT' || !isSigned) return false;
    return this.#isInForce(decode(claims));
  }

  #isInForce({ application_id: application, iat, exp, jti }: Record<string, unknown>): boolean {
    const now = Date.now() / 1_000;
    if (application !== applicationId || typeof iat !== 'number' || typeof exp !== 'number')
      return false;
    if (typeof jti !== 'string' || !uuid.test(jti) || this.#seen.has(jti)) return false;
    this.#seen.add(jti);
    return iat <= now + 5 && exp > now && exp - iat <= 86_400;
  }
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

export const instance = 'bf0ca0bf927b3b52e3cb03217e1a1ddf';

/** A complaint of `api.nexmo.com`. */
export function problem(status: number, type: string, more: object = {}): ApiReply {
  const body = { type: `https://developer.nexmo.com/api-errors${type}`, instance, ...more };
  return { status, body };
}

export const unauthorized: ApiReply = problem(401, '#unauthorized', {
  title: 'Unauthorized',
  detail: 'You did not provide correct credentials.',
});

/** A complaint of `rest.nexmo.com`. */
export function restAnswer(status: number, label: string): ApiReply {
  return { status, body: { 'error-code': String(status), 'error-code-label': label } };
}

export const restUnauthorized: ApiReply = restAnswer(401, 'authentication failed');
