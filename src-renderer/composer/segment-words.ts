import type { TextAnalysis } from '#shared/text/analyze-text.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';
import { replaceCulprits } from '#shared/text/replace-culprits.ts';

import { counted, inDigits } from '../controls/tell-amount.ts';

/** The counter: units written, units in as many segments, segments: "112/160 · 1", "171/306 · 2 segments". */
export function counterWords({ units, remaining, segments }: TextAnalysis): string {
  if (units === 0) return '';
  const room = `${inDigits(units)}/${inDigits(units + remaining)}`;
  return `${room} · ${segments.length === 1 ? '1' : counted(segments.length, 'segment')}`;
}

/** Calm up to one segment, amber for two and three, red from four on. */
export function counterTone({ segments }: TextAnalysis): 'calm' | 'warn' | 'bad' {
  if (segments.length <= 1) return 'calm';
  return segments.length <= 3 ? 'warn' : 'bad';
}

/** What the line under a Unicode text says and offers. */
export type Flight = {
  readonly words: string;
  /** The same text with plain look-alikes, and what that comes to; null where it brings nothing. */
  readonly fix: { readonly text: string; readonly words: string } | null;
};

const namedCulprits = 3;

/** The flight check of a text; null where it is not Unicode. */
export function flightOf(text: string, analysis: TextAnalysis): Flight | null {
  if (analysis.encoding === 'GSM-7') return null;
  const culprits = [...new Set(analysis.culprits.map(({ character }) => character))];
  const named = culprits.slice(0, namedCulprits).map(visible).join(', ');
  const more = culprits.length - namedCulprits;
  const because = more > 0 ? `${named} and ${inDigits(more)} more` : named;
  return {
    words: `${counted(analysis.segments.length, 'segment')} · Unicode because of ${because}`,
    fix: fixOf(text, analysis),
  };
}

function fixOf(text: string, before: TextAnalysis): Flight['fix'] {
  const plain = replaceCulprits(text);
  if (plain === text) return null;
  const after = analyzeText(plain);
  const saves = after.segments.length < before.segments.length;
  const isPlain = after.encoding === 'GSM-7' && after.segments.length <= before.segments.length;
  if (!saves && !isPlain) return null;
  return { text: plain, words: `Fix: ${counted(after.segments.length, 'segment')}` };
}

/** A character as it can be seen: what is blank or invisible by its code point. */
function visible(character: string): string {
  if (/[^\p{Z}\p{C}\p{M}]/u.test(character)) return character;
  return Array.from(
    character,
    (point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ');
}

/** A stretch of text, marked where it forces Unicode. */
export type Stretch = { readonly text: string; readonly culprit: boolean };

/** Marked stretches drawn at most; a text that is foreign throughout needs no more underlining. */
const mostMarks = 200;

/** The text cut into marked and unmarked stretches; neighbouring culprits make one. */
export function markedStretches(text: string, culprits: TextAnalysis['culprits']): Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  let marks = 0;
  for (const { index, character } of culprits) {
    const last = stretches.at(-1);
    if (last?.culprit && index === done) {
      stretches[stretches.length - 1] = { text: last.text + character, culprit: true };
    } else {
      if ((marks += 1) > mostMarks) break;
      if (index > done) stretches.push({ text: text.slice(done, index), culprit: false });
      stretches.push({ text: character, culprit: true });
    }
    done = index + character.length;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), culprit: false });
  return stretches;
}
