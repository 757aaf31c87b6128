import type { PictureType } from '../read-dimensions.ts';
import { sniffType } from '../sniff-type.ts';
import { stripGif } from './strip-gif.ts';
import { stripJpeg } from './strip-jpeg.ts';
import { stripPng } from './strip-png.ts';
import { stripWebp } from './strip-webp.ts';

const strippers: Readonly<Record<PictureType, (bytes: Uint8Array) => Uint8Array>> = {
  'image/gif': stripGif,
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
};

/**
 * The picture without what it tells of its place, time, camera and maker, not decoded and not coded anew; null where it cannot
 * be read to its end, so that nobody knows what it tells, or is no such picture any more.
 */
export function stripMetadata(bytes: Uint8Array, type: PictureType): Uint8Array | null {
  try {
    const stripped = strippers[type](bytes);
    return sniffType(stripped) === type ? stripped : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
