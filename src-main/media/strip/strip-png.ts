import { crc32 } from 'node:zlib';

import { latin1, viewOf } from '../byte-pattern.ts';
import { leastExif, withOneExif } from './orientation.ts';

const signatureLength = 8;

/** Chunks that have a part in how the picture looks (W3C PNG, third edition); every other is left out. */
const kept: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(
    ' ',
  ),
);

/**
 * A PNG without words, times and Exif, and without what follows its end. How the camera was held stays.
 * @throws {RangeError} where a chunk is cut short
 */
export function stripPng(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [bytes.subarray(0, signatureLength)];
  for (let at = signatureLength; ;) {
    const type = latin1(bytes, at + 4, at + 8);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.byteLength) throw new RangeError('a chunk is cut short');
    if (kept.has(type)) parts.push(bytes.subarray(at, end));
    if (type === 'eXIf') parts.push(...exifChunk(bytes.subarray(at + 8, end - 4)));
    if (type === 'IEND')
      return Buffer.concat(withOneExif(parts, (part) => latin1(part, 4, 8) === 'eXIf'));
    at = end;
  }
}

function exifChunk(tiff: Uint8Array): Uint8Array[] {
  const least = leastExif(tiff);
  if (least === null) return [];
  const body = Buffer.concat([Buffer.from('eXIf', 'latin1'), least]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(least.byteLength, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return [Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])];
}
