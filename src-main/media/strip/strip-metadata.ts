import type { PictureType } from '../read-dimensions.ts';
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
 * be read to its end, so that nobody knows what it tells.
 */
export function stripMetadata(bytes: Uint8Array, type: PictureType): Uint8Array | null {
  try {
    return strippers[type](bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
