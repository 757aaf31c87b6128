/** A stretch of a found text, marked where it is what was looked for. */
export type MarkedStretch = { readonly text: string; readonly marked: boolean };

/** What was looked for: quoted runs as they stand, other words one by one; the last may be the beginning of a word. */
function termsOf(query: string): string[] {
  return [...query.matchAll(/"([^"]+)"|([\p{L}\p{M}\p{N}]+)/gu)]
    .map(([, quoted, word]) => plain(quoted ?? word ?? '').text)
    .filter((term) => term !== '');
}

/** A text without case and accents, as the search sees it, with the place of each of its units in the original. */
function plain(text: string): { readonly text: string; readonly places: readonly number[] } {
  let bare = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const reduced = character.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    for (let unit = 0; unit < reduced.length; unit += 1) places.push(at);
    bare += reduced;
    at += character.length;
  }
  places.push(at);
  return { text: bare, places };
}

const isWord = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

function rangesOf(text: string, query: string): (readonly [number, number])[] {
  const { text: bare, places } = plain(text);
  const ranges: (readonly [number, number])[] = [];
  for (const term of termsOf(query)) {
    for (let at = bare.indexOf(term); at >= 0; at = bare.indexOf(term, at + term.length)) {
      const end = at + term.length;
      if (!isWord(bare[at - 1])) ranges.push([places[at] ?? 0, places[end] ?? text.length]);
    }
  }
  return ranges.toSorted(([a], [b]) => a - b);
}

/** UTF-16 units shown before the first mark at most, so that the mark is seen in a narrow row. */
const leadIn = 12;
const longest = 160;

/** A found text on one line, cut shortly before where the first of the words stands, with the words marked. */
export function markTerm(text: string, query: string): MarkedStretch[] {
  const line = text.replaceAll(/\s+/gu, ' ');
  const ranges = rangesOf(line, query);
  const start = startOf(line, ranges[0]?.[0] ?? 0);
  const stretches: MarkedStretch[] = start > 0 ? [{ text: '…', marked: false }] : [];
  let done = start;
  for (const [from, to] of ranges) {
    if (from < done || from - start > longest) continue;
    if (from > done) stretches.push({ text: line.slice(done, from), marked: false });
    stretches.push({ text: line.slice(from, to), marked: true });
    done = to;
  }
  if (done < line.length)
    stretches.push({ text: line.slice(done, Math.max(done, start + longest)), marked: false });
  return stretches;
}

/** Where the text is cut: at a blank shortly before the mark. */
function startOf(line: string, mark: number): number {
  if (mark <= leadIn) return 0;
  const blank = line.indexOf(' ', mark - leadIn);
  return blank >= 0 && blank < mark ? blank + 1 : mark;
}
