import { createHash, randomBytes } from 'node:crypto';

/** A fresh UUIDv7 (RFC 9562 §5.7) for this moment, in milliseconds since 1970. */
export function newUid(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return fromBlob(bytes);
}

/**
 * The UUIDv8 (RFC 9562 §5.8) of a name: the first octets of its SHA-256. Whoever knows the name comes to the same, so what a
 * carrier tells every desktop has one uid on all of them.
 */
export function uidOfName(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return fromBlob(bytes);
}

/** The 16 octets a uid is stored as. */
export function toBlob(uid: string): Uint8Array {
  return Buffer.from(uid.replaceAll('-', ''), 'hex');
}

/** The text form of a stored uid. */
export function fromBlob(blob: Uint8Array): string {
  const hex = Buffer.from(blob).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
