import { type Clocks, readWhen } from '#shared/schedule/read-when.ts';
import { whenWords } from '#shared/schedule/when-words.ts';

/** A time that is offered: as it would be written, and what it means. */
export type Suggestion = { readonly written: string; readonly words: string };

const offered = ['in 1 hour', '8:00 AM their time', 'tomorrow 1pm', 'Mon 9am'];

/** Times worth offering now, in their order. */
export function suggestionsFor(clocks: Clocks): Suggestion[] {
  return offered.flatMap((written) => {
    const when = readWhen(written, clocks);
    return when.kind === 'at' ? [{ written, words: whenWords(when.at, clocks) }] : [];
  });
}
