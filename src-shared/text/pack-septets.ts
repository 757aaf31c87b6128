/**
 * Packs septets into octets, least significant bit first: eight septets fill seven octets. `fillBits`
 * zeros go before the first one, so that it starts on a septet boundary behind a header.
 */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(Math.ceil((fillBits + septets.length * 7) / 8));
  septets.forEach((septet, i) => {
    const bit = fillBits + i * 7;
    const octet = bit >> 3;
    const spread = (septet & 0x7f) << (bit & 7);
    octets[octet] = (octets[octet] ?? 0) | (spread & 0xff);
    if (spread > 0xff) octets[octet + 1] = spread >> 8;
  });
  return octets;
}

/**
 * Unpacks `count` septets behind `fillBits`. The count settles whether seven spare bits at the end are
 * a character (code 00 is "@") or padding; septets that the octets do not hold whole are left out.
 */
export function unpackSeptets(octets: Uint8Array, count: number, fillBits = 0): Uint8Array {
  const held = Math.floor((octets.length * 8 - fillBits) / 7);
  const septets = new Uint8Array(Math.max(0, Math.min(count, held)));
  for (let i = 0; i < septets.length; i += 1) {
    const bit = fillBits + i * 7;
    const octet = bit >> 3;
    const both = (octets[octet] ?? 0) | ((octets[octet + 1] ?? 0) << 8);
    septets[i] = (both >> (bit & 7)) & 0x7f;
  }
  return septets;
}
