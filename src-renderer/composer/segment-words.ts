import type { TextAnalysis } from '#shared/text/analyze-text.ts';

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
