import type { Stretch } from './stretch.ts';

let graphemes: Intl.Segmenter | undefined;

/**
 * The grapheme cluster (UAX #29: what a reader takes for one character) that holds the unit at the
 * index, as UTF-16 indices. The first call loads the rules; the index must lie inside the text.
 */
export function clusterAround(text: string, index: number): Stretch {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const found = graphemes.segment(text).containing(index);
  if (found === undefined) throw new RangeError(`index ${index} is outside the text`);
  return { start: found.index, end: found.index + found.segment.length };
}
