/** Fills an array with random octets, as `crypto.getRandomValues` does. */
export type RandomOctets = (octets: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

/**
 * A UUID of version 7 (RFC 9562): 48 bits of time, then chance.
 * @param now milliseconds since 1970
 */
export function uuidV7(now: number, random: RandomOctets): string {
  const octets = random(new Uint8Array(16));
  const view = new DataView(octets.buffer);
  view.setUint16(0, Math.floor(now / 2 ** 32));
  view.setUint32(2, now % 2 ** 32);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20]
    .map((at, nth, starts) => hex.slice(at, starts[nth + 1] ?? 32))
    .join('-');
}
