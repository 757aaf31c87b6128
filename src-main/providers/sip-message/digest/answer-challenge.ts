import { createHash } from 'node:crypto';

import type { Algorithm, Challenge } from './challenge.ts';

/** Who we say we are. */
export type Login = { readonly user: string; readonly password: string };

/** What is asked of the server, and the numbers that make the proof good once. */
export type Proof = {
  readonly method: string;
  readonly uri: string;
  readonly body: Uint8Array;
  /** How often this nonce was used, this time included. */
  readonly count: number;
  readonly cnonce: string;
};

/** The value of the header Authorization or Proxy-Authorization. */
export function answerChallenge(challenge: Challenge, login: Login, proof: Proof): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const parts = [
    `username=${quote(login.user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(proof.uri)}`,
    `response="${digestOf(challenge, login, proof)}"`,
    `algorithm=${algorithm}`,
    ...(opaque === null ? [] : [`opaque=${quote(opaque)}`]),
    ...(qop === null ? [] : [`qop=${qop}`, `nc=${hex(proof.count)}`, `cnonce="${proof.cnonce}"`]),
  ];
  return `Digest ${parts.join(', ')}`;
}

/** The proof itself: RFC 7616 3.4.1, and its 3.4.3 for auth-int. */
export function digestOf(challenge: Challenge, login: Login, proof: Proof): string {
  const { realm, nonce, algorithm, qop } = challenge;
  const hash = (...parts: readonly string[]): string => hashOf(algorithm, parts.join(':'));
  const who = hash(login.user, realm, login.password);
  const what =
    qop === 'auth-int'
      ? hash(proof.method, proof.uri, hashOf(algorithm, proof.body))
      : hash(proof.method, proof.uri);
  if (qop === null) return hash(who, nonce, what);
  return hash(who, nonce, hex(proof.count), proof.cnonce, qop, what);
}

function hashOf(algorithm: Algorithm, content: string | Uint8Array): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(content)
    .digest('hex');
}

const hex = (count: number): string => count.toString(16).padStart(8, '0');

const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
