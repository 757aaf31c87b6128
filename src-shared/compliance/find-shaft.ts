import type { ContentFinding } from './content-finding.ts';
import { type ContentCategory, contentTables } from './content-tables.ts';
import { findPhrase } from './find-phrase.ts';

/** From this weight on a category is named. */
const enough = 2;

/** Content that carriers refuse: a telling word of a category, or two that tell less. */
export function findShaft(text: string): ContentFinding[] {
  return contentTables.categories.flatMap((category) => findCategory(text, category) ?? []);
}

function findCategory(
  text: string,
  { about, words, falseFriends }: ContentCategory,
): ContentFinding | null {
  const rest = falseFriends.reduce(withoutPhrase, text);
  const hits = Object.entries(words).flatMap(([word, weight]) => {
    const place = findPhrase(rest, word);
    return place === null ? [] : [{ ...place, weight }];
  });
  const [first] = hits.toSorted((a, b) => b.weight - a.weight || a.from - b.from);
  if (first === undefined || hits.reduce((sum, { weight }) => sum + weight, 0) < enough)
    return null;
  const { from, to } = first;
  const said = text.slice(from, to);
  return { rule: 'shaft', from, to, words: `Carriers refuse texts about ${about}: “${said}”.` };
}

/** The text with every occurrence of a phrase blanked out, so that all else stays in its place. */
function withoutPhrase(text: string, phrase: string): string {
  let rest = text;
  for (let place = findPhrase(rest, phrase); place !== null; place = findPhrase(rest, phrase))
    rest = rest.slice(0, place.from) + ' '.repeat(place.to - place.from) + rest.slice(place.to);
  return rest;
}
