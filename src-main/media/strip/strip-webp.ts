import { latin1, viewOf } from '../byte-pattern.ts';
import { leastExif, withOneExif } from './orientation.ts';

const headLength = 12;
const frameHeadLength = 16;
const flags = { exif: 0x08, xmp: 0x04 };
const exifMark = 'Exif\0\0';

/** Chunks that have a part in how the picture looks (RFC 9649); every other is left out. */
const kept: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ICCP']);

/**
 * A WebP without Exif, XMP and chunks nobody knows, and without what follows its end. How the camera was held stays.
 * @throws {RangeError} where a chunk is cut short
 */
export function stripWebp(bytes: Uint8Array): Uint8Array {
  const end = 8 + viewOf(bytes).getUint32(4, true);
  if (end > bytes.byteLength) throw new RangeError('the file is cut short');
  const isExif = (chunk: Uint8Array): boolean => latin1(chunk, 0, 4) === 'EXIF';
  const chunks = withOneExif(stripChunks(bytes.subarray(headLength, end), keptOf), isExif);
  const hasExif = chunks.some(isExif);
  const flagged = chunks.map((chunk) =>
    latin1(chunk, 0, 4) === 'VP8X' ? reflag(chunk, hasExif) : chunk,
  );
  const body = Buffer.concat(flagged);
  const head = Buffer.from(bytes.subarray(0, headLength));
  head.writeUInt32LE(body.byteLength + 4, 4);
  return Buffer.concat([head, body]);
}

function stripChunks(bytes: Uint8Array, keep: typeof keptOf): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at + 8 <= bytes.byteLength;) {
    const size = viewOf(bytes).getUint32(at + 4, true);
    if (at + 8 + size > bytes.byteLength) throw new RangeError('a chunk is cut short');
    chunks.push(...keep(latin1(bytes, at, at + 4), bytes.subarray(at + 8, at + 8 + size)));
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function keptOf(type: string, data: Uint8Array): Uint8Array[] {
  if (kept.has(type)) return [chunk(type, data)];
  // A frame of a moving picture holds chunks of its own, but neither frames nor Exif.
  if (type === 'ANMF') {
    const inner = stripChunks(data.subarray(frameHeadLength), keptInFrame);
    return [chunk(type, Buffer.concat([data.subarray(0, frameHeadLength), ...inner]))];
  }
  if (type !== 'EXIF') return [];
  const marked = latin1(data, 0, exifMark.length) === exifMark;
  const least = leastExif(marked ? data.subarray(exifMark.length) : data);
  return least === null ? [] : [chunk(type, least)];
}

const keptInFrame = (type: string, data: Uint8Array): Uint8Array[] =>
  kept.has(type) ? [chunk(type, data)] : [];

function chunk(type: string, data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32LE(data.byteLength, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.byteLength % 2)]);
}

/** The first chunk says which others there are. */
function reflag(bytes: Uint8Array, hasExif: boolean): Uint8Array {
  const copy = Buffer.from(bytes);
  const without = copy.readUInt8(8) & ~(flags.exif | flags.xmp);
  copy.writeUInt8(hasExif ? without | flags.exif : without, 8);
  return copy;
}
