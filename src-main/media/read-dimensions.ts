import { latin1, viewOf } from './byte-pattern.ts';
import { readGif } from './read-gif.ts';
import { readJpegSize } from './read-jpeg.ts';
import type { ViewableType } from './sniff-type.ts';

/** Pixels across and down, as the picture is shown; `frames` where it moves. */
export type PictureSize = {
  readonly width: number;
  readonly height: number;
  readonly frames?: number;
};

/**
 * What a picture's header says. `too-large`: showing it would take more memory than any picture is worth, `problem` says so in
 * a sentence. `unreadable`: there is no whole header, so it is no picture.
 */
export type Dimensions =
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'too-large'; readonly problem: string }
  | { readonly kind: 'unreadable' };

const longestSide = 16_384;
const mostPixels = 50_000_000;
const mostPixelsOfAllFrames = 200_000_000;

export type PictureType = Extract<ViewableType, `image/${string}`>;

/** Is this one of the types {@link readDimensions} reads? */
export function isPictureType(type: string): type is PictureType {
  return Object.hasOwn(readers, type);
}

/** Reads width and height from a picture's header, without decoding any of it, and refuses what would not fit memory. */
export function readDimensions(bytes: Uint8Array, type: PictureType): Dimensions {
  const size = readSafely(bytes, type);
  if (size === null || size.width < 1 || size.height < 1) return { kind: 'unreadable' };
  const problem = whyTooLarge(size);
  if (problem !== null) return { kind: 'too-large', problem };
  return { kind: 'size', width: size.width, height: size.height };
}

const readers: Readonly<Record<PictureType, (bytes: Uint8Array) => PictureSize | null>> = {
  'image/png': readPngSize,
  'image/gif': readGif,
  'image/jpeg': readJpegSize,
  'image/webp': readWebpSize,
};

/* A header that is cut short is read past its end. */
function readSafely(bytes: Uint8Array, type: PictureType): PictureSize | null {
  try {
    return readers[type](bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function whyTooLarge({ width, height, frames = 1 }: PictureSize): string | null {
  const [across, down] = [width, height].map((side) => side.toLocaleString('en-US'));
  if (width > longestSide || height > longestSide)
    return `The picture is ${across} × ${down} pixels; at most 16,384 on a side are shown.`;
  if (width * height > mostPixels)
    return `The picture is ${across} × ${down} pixels; at most 50 million in all are shown.`;
  if (width * height * frames > mostPixelsOfAllFrames)
    return `The picture moves through ${frames.toLocaleString('en-US')} frames of ${across} × ${down} pixels, which is too much to show.`;
  return null;
}

/** PNG (W3C PNG 11.2.2): the header chunk comes first and is 13 octets long. */
function readPngSize(bytes: Uint8Array): PictureSize | null {
  const view = viewOf(bytes);
  if (view.getUint32(8) !== 13 || latin1(bytes, 12, 16) !== 'IHDR') return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** WebP (RFC 9649): the size stands in the first chunk, in one of three forms. */
function readWebpSize(bytes: Uint8Array): PictureSize | null {
  const view = viewOf(bytes);
  switch (latin1(bytes, 12, 16)) {
    case 'VP8X':
      return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
    case 'VP8L':
      return view.getUint8(20) === 0x2f ? losslessSize(view.getUint32(21, true)) : null;
    case 'VP8 ':
      return latin1(bytes, 23, 26) === '\x9d\x01\x2a'
        ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
        : null;
    default:
      return null;
  }
}

const uint24 = (view: DataView, at: number): number =>
  view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;

const losslessSize = (bits: number): PictureSize => ({
  width: 1 + (bits & 0x3fff),
  height: 1 + ((bits >>> 14) & 0x3fff),
});
