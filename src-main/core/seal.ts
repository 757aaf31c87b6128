import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Octets of a key for `seal`. */
export const keyOctets = 32;

const algorithm = 'aes-256-gcm';
const nonceOctets = 12;
const tagOctets = 16;

/** Encrypts a value so that it opens only with the same key and under the same name. Base64 of nonce, tag and ciphertext. */
export function seal(key: Uint8Array, name: string, value: string): string {
  const nonce = randomBytes(nonceOctets);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The value that was sealed; null where the key or the name is another, or a bit has changed. */
export function unseal(key: Uint8Array, name: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceOctets + tagOctets) return null;
  const nonce = bytes.subarray(0, nonceOctets);
  const tag = bytes.subarray(nonceOctets, nonceOctets + tagOctets);
  try {
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagOctets });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    const value = decipher.update(bytes.subarray(nonceOctets + tagOctets));
    return Buffer.concat([value, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
