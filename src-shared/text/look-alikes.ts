import { fitsAlphabet } from './count-units.ts';
import { fullWidthRuns, furtherLookAlikes, publishedLookAlikes } from './look-alike-list.ts';
import type { LookAlikes } from './look-alike-list.ts';
import type { Alphabet } from './part-limits.ts';

function* codePointsIn(list: string): Generator<number> {
  for (const item of list.split(' ')) {
    const [first = '', last = first] = item.split('-');
    const end = Number.parseInt(last, 16);
    for (let point = Number.parseInt(first, 16); point <= end; point += 1) yield point;
  }
}

const plainByCharacter = (): ReadonlyMap<string, string> => {
  const plain = new Map<string, string>();
  const groups: readonly LookAlikes[] = [...publishedLookAlikes, ...furtherLookAlikes];
  for (const [to, list] of groups) {
    for (const point of codePointsIn(list)) plain.set(String.fromCodePoint(point), to);
  }
  for (const [first, run] of fullWidthRuns) {
    [...run].forEach((to, offset) => plain.set(String.fromCodePoint(first + offset), to));
  }
  return plain;
};

/** Every listed look-alike and what it becomes; an empty string means "leave out". */
export const lookAlikes: ReadonlyMap<string, string> = plainByCharacter();

/**
 * What may stand in for one character without a reader minding: its composed form if the alphabet has
 * it (n + tilde becomes ñ, the ohm sign becomes Ω), else its plain look-alike; undefined if neither.
 * Accented letters outside the alphabet keep their accents: á has no plain alternative.
 */
export function plainAlternative(
  character: string,
  alphabet: Alphabet = 'gsm-7',
): string | undefined {
  const composed = character.normalize('NFC');
  if (composed !== character && fitsAlphabet(composed, alphabet)) return composed;
  const plain = lookAlikes.get(composed);
  return plain !== undefined && fitsAlphabet(plain, alphabet) ? plain : undefined;
}
