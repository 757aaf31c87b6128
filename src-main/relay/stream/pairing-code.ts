import { createHash, randomBytes } from 'node:crypto';

/** How long a code is good, milliseconds. */
export const codeLifeMs = 15 * 60_000;

/** Crockford's base32: no I, L, O or U, so that no letter is taken for another one. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 3;
const groupLetters = 4;

/** A code of 60 random bits, to be read aloud: `7K3M-Q9TX-20WB`. */
export function makeCode(): string {
  const octets = randomBytes(groups * groupLetters);
  const all = [...octets].map((octet) => letters[octet % letters.length]).join('');
  return (all.match(/.{4}/g) ?? []).join('-');
}

/** What is kept of a code. Small letters, spaces and letters that look like a digit are read as what was meant. */
export function digestCode(written: string): Uint8Array {
  const plain = written
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(`trunkline pairing code\n${plain}`).digest();
}
