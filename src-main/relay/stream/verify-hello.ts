import { createPublicKey, verify } from 'node:crypto';

import { helloToSign, type HelloParts } from '#shared/team/stream-frames.ts';

/** Stands in where a desktop is not known, so that saying no to it takes as long: the key of RFC 8032, section 7.1, test 1. */
const nobodysKey = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';

/** Did the holder of this key sign this hello? A key of null is nobody's. */
export function isSignedBy(
  publicKey: string | null,
  parts: HelloParts,
  signature: string,
): boolean {
  return isSigned(publicKey, helloToSign(parts), signature);
}

/** Did the holder of this key sign these words? A key of null is nobody's. */
export function isSigned(publicKey: string | null, words: string, signature: string): boolean {
  const isRight = verifies(publicKey ?? nobodysKey, words, signature);
  return publicKey !== null && isRight;
}

function verifies(publicKey: string, words: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: publicKey },
      format: 'jwk',
    });
    return verify(null, Buffer.from(words), key, Buffer.from(signature, 'base64url'));
  } catch {
    // 32 octets that are no point of the curve.
    return false;
  }
}
