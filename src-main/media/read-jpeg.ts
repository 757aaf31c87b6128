import { latin1, viewOf } from './byte-pattern.ts';

type JpegSize = { readonly width: number; readonly height: number };

/** Frame headers are 0xC0 to 0xCF but for three that define tables and arithmetic coding (ITU T.81, table B.1). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const exif = 0xe1;
const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * The size of a JPEG as it is shown: a camera held upright writes its picture lying down and says so in its Exif.
 * @returns null where no frame header comes before the picture itself
 * @throws {RangeError} where the header is cut short
 */
export function readJpegSize(bytes: Uint8Array): JpegSize | null {
  const view = viewOf(bytes);
  let turned = false;
  for (let at = 2; at < bytes.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === startOfScan || marker === endOfImage) return null;
    if (isFrame(marker)) return asShown(view, at, turned);
    if (marker === exif) turned ||= isTurned(bytes, at + 4);
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}

function asShown(view: DataView, at: number, turned: boolean): JpegSize {
  const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
  return turned ? { width: height, height: width } : { width, height };
}

const orientation = 0x0112;
const tagLength = 12;

/** Does this Exif (CIPA DC-008) say that the picture is shown a quarter turned? One that cannot be read says nothing. */
function isTurned(bytes: Uint8Array, at: number): boolean {
  if (latin1(bytes, at, at + 6) !== 'Exif\0\0') return false;
  const base = at + 6;
  const view = viewOf(bytes);
  const little = latin1(bytes, base, base + 2) === 'II';
  const within = (offset: number): boolean => offset + 2 <= bytes.byteLength;
  const short = (offset: number): number => (within(offset) ? view.getUint16(offset, little) : 0);
  if (base + 8 > bytes.byteLength) return false;
  const directory = base + view.getUint32(base + 4, little);
  const tags = Array.from({ length: Math.min(short(directory), 64) }, (_, index) => {
    return directory + 2 + index * tagLength;
  });
  const found = tags.find((tag) => short(tag) === orientation);
  return found !== undefined && short(found + 8) >= 5 && short(found + 8) <= 8;
}
