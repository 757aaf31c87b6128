import { createHash, timingSafeEqual } from 'node:crypto';

/** Are two texts the same? Takes as long whatever they hold, so that a signature cannot be guessed octet by octet. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
