import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

import { type HelloParts, helloToSign } from '#shared/team/stream-frames.ts';

/** What a desktop is known by at its relay: Ed25519 (RFC 8032), the private key for the secret store. */
export type DesktopKey = {
  /** PKCS #8 in DER, base64url. */
  readonly privateKey: string;
  /** The 32 octets of RFC 8032, base64url. */
  readonly publicKey: string;
};

export function makeDesktopKey(): DesktopKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  if (x === undefined) throw new Error('an Ed25519 key without its octets');
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    publicKey: x,
  };
}

/** The signature of a hello, base64url. Throws where the key is none. */
export function signHello(privateKey: string, parts: HelloParts): string {
  return signMessage(privateKey, helloToSign(parts));
}

/** The signature of these words, base64url. Throws where the key is none. */
export function signMessage(privateKey: string, words: string): string {
  const key = createPrivateKey({
    key: Buffer.from(privateKey, 'base64url'),
    format: 'der',
    type: 'pkcs8',
  });
  return sign(null, Buffer.from(words), key).toString('base64url');
}
