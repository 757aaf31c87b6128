import { costsIn, countUnits, fitsAlphabet } from './choose-encoding.ts';
import { findLinks } from './find-links.ts';
import type { Stretch } from './find-links.ts';
import { plainAlternative } from './look-alikes.ts';
import type { Alphabet } from './part-limits.ts';

/** A character that turns the whole message to UCS-2. */
export type Culprit = {
  /** Where it starts, in UTF-16 units. */
  readonly index: number;
  /** One code point, a lone surrogate, or a letter with the combining marks that compose with it. */
  readonly character: string;
  /** Its code points as people write them: "U+2019", "U+0061 U+0301". */
  readonly codePoint: string;
  /** What may stand in for it; an empty string means "leave out", undefined that nothing may. */
  readonly replacement: string | undefined;
  /** Whether the replacement takes more units than the character does now. */
  readonly lengthens: boolean;
};

/** Longest run of marks tried on a letter: none in use composes with more. */
const mostMarks = 3;
const keycap = '\u20E3';
const mark = /^\p{M}$/u;

const isComposingMark = (text: string, index: number): boolean => {
  const unit = text.charCodeAt(index);
  return unit >= 0x0300 && unit <= 0x036f;
};

/** The code point at the index, or the letter with its marks when the two compose into one unit. */
function characterAt(text: string, index: number): string {
  const single = String.fromCodePoint(text.codePointAt(index) ?? 0);
  let end = index + single.length;
  if (!isComposingMark(text, end) || isComposingMark(text, index)) return single;
  while (isComposingMark(text, end)) end += 1;
  if (end - index > single.length + mostMarks) return single;
  const whole = text.slice(index, end);
  return whole.normalize('NFC').length === 1 ? whole : single;
}

/** A character of a text, seen where it stands. */
type Place = { readonly text: string; readonly index: number; readonly character: string };

const characterBefore = ({ text, index }: Place): string => {
  const isPair = index > 1 && (text.codePointAt(index - 2) ?? 0) > 0xffff;
  return text.slice(index - (isPair ? 2 : 1), index);
};

/**
 * Marks and invisible characters belong to what stands before them: a mark on a letter is no
 * punctuation, and taking a joiner or a selector out of an emoji or a Persian word damages it.
 */
function replacementAt(place: Place, alphabet: Alphabet): string | undefined {
  const plain = plainAlternative(place.character, alphabet);
  if (plain === undefined) return undefined;
  const before = characterBefore(place);
  if (before === '' || /\s/u.test(before)) return plain;
  if (plain !== '') return mark.test(place.character) ? undefined : plain;
  if (place.text[place.index + 1] === keycap) return undefined;
  const standsOnPlain =
    fitsAlphabet(before, alphabet) || plainAlternative(before, alphabet) !== undefined;
  return standsOnPlain ? plain : undefined;
}

const labelOf = (character: string): string =>
  Array.from(character, (point) => {
    const hex = (point.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${hex.padStart(4, '0')}`;
  }).join(' ');

const unitsOf = (plain: string, costs: Uint8Array): number => Math.max(0, countUnits(plain, costs));

function describe(place: Place, inLink: boolean, alphabet: Alphabet): Culprit {
  const replacement = inLink ? undefined : replacementAt(place, alphabet);
  return {
    index: place.index,
    character: place.character,
    codePoint: labelOf(place.character),
    replacement,
    lengthens:
      replacement !== undefined && unitsOf(replacement, costsIn(alphabet)) > place.character.length,
  };
}

const isInside = (stretches: readonly Stretch[], index: number): boolean =>
  stretches.some(({ start, end }) => index >= start && index < end);

/** Every character the alphabet cannot carry, in order. Those inside links get no replacement. */
export function findCulprits(text: string, alphabet: Alphabet = 'gsm-7'): Culprit[] {
  const costs = costsIn(alphabet);
  const links = findLinks(text);
  const culprits: Culprit[] = [];
  for (let index = 0; index < text.length;) {
    const character = characterAt(text, index);
    if (countUnits(character, costs) < 0) {
      culprits.push(describe({ text, index, character }, isInside(links, index), alphabet));
    }
    index += character.length;
  }
  return culprits;
}
