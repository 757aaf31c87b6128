import { analyzeText } from './analyze-text.ts';
import type { AnalyzeOptions, TextAnalysis } from './analyze-text.ts';
import { replaceCulprits } from './replace-culprits.ts';

/** What replacing the culprits of a text would bring. */
export type ReplacementWeight = {
  readonly text: string;
  readonly before: TextAnalysis;
  readonly after: TextAnalysis;
  /** Whether fewer segments are sent, as many, or more: three dots for an ellipsis take room. */
  readonly outcome: 'fewer-segments' | 'as-many-segments' | 'more-segments';
  /** Whether the text takes more units than before, counted in the encoding each is sent in. */
  readonly lengthens: boolean;
};

const compare = (before: number, after: number): ReplacementWeight['outcome'] => {
  if (after < before) return 'fewer-segments';
  return after === before ? 'as-many-segments' : 'more-segments';
};

/** Counts a text before and after replacing, so that a replacement that does not pay can be left out. */
export function weighReplacement(text: string, options: AnalyzeOptions = {}): ReplacementWeight {
  const plain = replaceCulprits(text, options.limits?.alphabet);
  const before = analyzeText(text, options);
  const after = analyzeText(plain, options);
  return {
    text: plain,
    before,
    after,
    outcome: compare(before.segments.length, after.segments.length),
    lengthens: after.units > before.units,
  };
}
