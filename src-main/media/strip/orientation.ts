import { latin1, viewOf } from '../byte-pattern.ts';

const orientationTag = 0x0112;
const tagLength = 12;

/**
 * How a camera was held (1 to 8, 1 being upright) by the TIFF structure of an Exif block (CIPA DC-008); null where it does not
 * say, or cannot be read.
 */
export function readOrientation(tiff: Uint8Array): number | null {
  const order = latin1(tiff, 0, 2);
  if (tiff.byteLength < 10 || (order !== 'II' && order !== 'MM')) return null;
  const view = viewOf(tiff);
  const little = order === 'II';
  const short = (at: number): number =>
    at + 2 <= tiff.byteLength ? view.getUint16(at, little) : 0;
  const directory = view.getUint32(4, little);
  for (let index = 0; index < Math.min(short(directory), 64); index += 1) {
    const at = directory + 2 + index * tagLength;
    if (short(at) !== orientationTag) continue;
    const held = short(at + 8);
    return held >= 1 && held <= 8 ? held : null;
  }
  return null;
}

/** A TIFF structure that says this one thing. */
export function writeOrientation(held: number): Uint8Array {
  const directory = [
    0x00,
    0x01,
    0x01,
    0x12,
    0x00,
    0x03,
    0x00,
    0x00,
    0x00,
    0x01,
    0x00,
    held,
    0x00,
    0x00,
  ];
  return Uint8Array.from([0x4d, 0x4d, 0x00, 0x2a, 0, 0, 0, 8, ...directory, 0, 0, 0, 0]);
}

/** The Exif block to keep in the place of the one that was there; null where none is needed to show the picture upright. */
export function leastExif(tiff: Uint8Array): Uint8Array | null {
  const held = readOrientation(tiff);
  return held === null || held === 1 ? null : writeOrientation(held);
}

/** Leaves out every Exif block but the first: a picture is held one way, and blocks of ours may be longer than what they replace. */
export function withOneExif(
  parts: readonly Uint8Array[],
  isExif: (part: Uint8Array) => boolean,
): Uint8Array[] {
  const first = parts.findIndex(isExif);
  return parts.filter((part, at) => at === first || !isExif(part));
}
