import { latin1 } from '../byte-pattern.ts';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const comment = 0xfe;
const plainText = 0x01;
const application = 0xff;
const headerLength = 13;
/** Applications whose words make a picture move; every other application's are left out. */
const moving: readonly string[] = ['NETSCAPE2.0', 'ANIMEXTS1.0'];

/**
 * A GIF (GIF89a) without comments and the words of programs, and without what follows its end.
 * @throws {RangeError} where a block is cut short
 */
export function stripGif(bytes: Uint8Array): Uint8Array {
  const start = headerLength + colourTableLength(bytes[10] ?? 0);
  const parts: Uint8Array[] = [bytes.subarray(0, start)];
  for (let at = start; bytes[at] !== trailer;) {
    const end = endOfBlock(bytes, at);
    if (!isTalk(bytes, at)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...parts, Uint8Array.of(trailer)]);
}

function isTalk(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== extension) return false;
  if (bytes[at + 1] === application) return !moving.includes(latin1(bytes, at + 3, at + 14));
  return bytes[at + 1] === comment || bytes[at + 1] === plainText;
}

function endOfBlock(bytes: Uint8Array, at: number): number {
  if (bytes[at] === extension) return skipBlocks(bytes, at + 2);
  if (bytes[at] === image)
    return skipBlocks(bytes, at + 11 + colourTableLength(bytes[at + 9] ?? 0));
  throw new RangeError('no block is here');
}

/** Octets of the table that a packed field tells of. */
const colourTableLength = (packed: number): number =>
  (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);

/** Past a run of sub-blocks: each begins with its length, an empty one ends the run. */
function skipBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) throw new RangeError('a block is cut short');
    at += 1 + length;
    if (length === 0) return at;
  }
}
