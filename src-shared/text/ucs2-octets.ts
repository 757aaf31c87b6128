/**
 * A text as UTF-16 big-endian octets, which is what every handset takes "UCS-2" for. Lone surrogates
 * become U+FFFD, of the same length; no byte-order mark is written.
 */
export function encodeUcs2(text: string): Uint8Array {
  const wellFormed = text.toWellFormed();
  const octets = new Uint8Array(wellFormed.length * 2);
  for (let i = 0; i < wellFormed.length; i += 1) {
    const unit = wellFormed.charCodeAt(i);
    octets[2 * i] = unit >> 8;
    octets[2 * i + 1] = unit & 0xff;
  }
  return octets;
}

/**
 * The text in UTF-16 big-endian octets, as received: a surrogate without its partner is kept, since the
 * partner may be in the next part, and is judged after joining. An odd last octet is left out.
 */
export function decodeUcs2(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i + 1 < octets.length; i += 2) {
    text += String.fromCharCode(((octets[i] ?? 0) << 8) | (octets[i + 1] ?? 0));
  }
  return text;
}
