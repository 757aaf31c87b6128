import { type KeyObject, randomUUID, sign } from 'node:crypto';

const lifetimeSeconds = 900;

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A JSON Web Token by which an application signs in (RFC 7519, RS256), good for a quarter of an hour. `now` in milliseconds
 * since 1970.
 */
export function makeApplicationToken(id: string, privateKey: KeyObject, now: number): string {
  const iat = Math.floor(now / 1_000);
  const claims = { application_id: id, iat, jti: randomUUID(), exp: iat + lifetimeSeconds };
  const signed = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode(claims)}`;
  const signature = sign('RSA-SHA256', Buffer.from(signed), privateKey);
  return `${signed}.${signature.toString('base64url')}`;
}
