import { latin1, viewOf } from '../byte-pattern.ts';
import { leastExif, withOneExif } from './orientation.ts';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;
const app = { jfif: 0xe0, exif: 0xe1, icc: 0xe2, adobe: 0xee, last: 0xef };
const exifMark = 'Exif\0\0';

type Segment = {
  readonly marker: number;
  /** From its marker on. */
  readonly bytes: Uint8Array;
  /** Where what follows it begins. */
  readonly end: number;
};

/**
 * A JPEG (ITU T.81) without what it tells besides its picture: Exif with place and camera, XMP, IPTC, comments, thumbnails and
 * whatever follows its end. The colour profile stays, and so does how the camera was held. No pixel is touched.
 * @throws {RangeError} where a segment is cut short
 */
export function stripJpeg(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let at = 2;
  while (at < bytes.byteLength) {
    const segment = readSegment(bytes, at);
    at = segment.end;
    if (segment.marker === endOfImage) break;
    kept.push(...keptOf(segment));
    if (segment.marker !== startOfScan) continue;
    const end = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, end));
    at = end;
  }
  const parts = withOneExif(kept, ([mark, marker]) => mark === 0xff && marker === app.exif);
  return Buffer.concat([...parts, Uint8Array.of(0xff, endOfImage)]);
}

/** The segment at `at`, where filling octets may stand before its marker. */
function readSegment(bytes: Uint8Array, at: number): Segment {
  let mark = at;
  while (bytes[mark] === 0xff && bytes[mark + 1] === 0xff) mark += 1;
  const marker = bytes[mark + 1];
  if (bytes[mark] !== 0xff || marker === undefined) throw new RangeError('no segment is here');
  if (marker === endOfImage)
    return { marker, bytes: bytes.subarray(mark, mark + 2), end: mark + 2 };
  const end = mark + 2 + Math.max(2, viewOf(bytes).getUint16(mark + 2));
  if (end > bytes.byteLength) throw new RangeError('a segment is cut short');
  return { marker, bytes: bytes.subarray(mark, end), end };
}

function keptOf({ marker, bytes }: Segment): Uint8Array[] {
  if (marker === comment) return [];
  return marker < app.jfif || marker > app.last ? [bytes] : keptOfProgram(marker, bytes);
}

/** Segments that programs write for each other are known by their marker and the name they begin with. */
function keptOfProgram(marker: number, bytes: Uint8Array): Uint8Array[] {
  const isNamed = (name: string): boolean => latin1(bytes, 4, 4 + name.length) === name;
  switch (marker) {
    case app.jfif:
      return isNamed('JFIF\0') ? [withoutThumbnail(bytes)] : [];
    case app.icc:
      return isNamed('ICC_PROFILE\0') ? [bytes] : [];
    case app.adobe:
      return isNamed('Adobe') ? [bytes] : [];
    case app.exif:
      return isNamed(exifMark) ? exifSegments(bytes.subarray(4 + exifMark.length)) : [];
    default:
      return [];
  }
}

/** JFIF may carry a small copy of the picture, which is not always the same picture. */
function withoutThumbnail(bytes: Uint8Array): Uint8Array {
  const head = Buffer.from(bytes.subarray(0, 18));
  if (head.byteLength < 18) throw new RangeError('a header is cut short');
  head.writeUInt16BE(16, 2);
  head.fill(0, 16, 18);
  return head;
}

function exifSegments(tiff: Uint8Array): Uint8Array[] {
  const least = leastExif(tiff);
  if (least === null) return [];
  const body = Buffer.concat([Buffer.from(exifMark, 'latin1'), least]);
  const head = Buffer.from([0xff, app.exif, 0, 0]);
  head.writeUInt16BE(body.byteLength + 2, 2);
  return [Buffer.concat([head, body])];
}

/** Where the coded picture from `start` on ends: at the next marker that is neither a stuffed octet nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    const isPicture =
      next === 0x00 || next === 0xff || (next !== undefined && next >= 0xd0 && next <= 0xd7);
    if (next !== undefined && !isPicture) return at;
  }
  return bytes.byteLength;
}
