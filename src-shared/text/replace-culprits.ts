import { fitsAlphabet } from './count-units.ts';
import { findCulprits } from './find-culprits.ts';
import type { Alphabet } from './part-limits.ts';

/**
 * The text with every culprit that has a plain look-alike replaced by it; links are left alone. Text
 * that needs no replacing comes back as it is. Whether it pays is told by `weighReplacement`.
 */
export function replaceCulprits(text: string, alphabet: Alphabet = 'gsm-7'): string {
  if (fitsAlphabet(text, alphabet)) return text;
  let plain = '';
  let copied = 0;
  for (const { index, character, replacement } of findCulprits(text, alphabet)) {
    if (replacement === undefined) continue;
    plain += text.slice(copied, index) + replacement;
    copied = index + character.length;
  }
  return plain + text.slice(copied);
}
