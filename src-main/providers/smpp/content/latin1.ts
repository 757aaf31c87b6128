/** Does every character have an octet of its own in Latin-1? The controls between the two halves are left out. */
export function fitsLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff || (unit >= 0x80 && unit < 0xa0)) return false;
  }
  return true;
}

export const encodeLatin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

export const decodeLatin1 = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1');
