import { costsIn, fitsAlphabet } from './count-units.ts';
import { findLinks } from './find-links.ts';
import { plainAlternative } from './look-alikes.ts';
import type { Alphabet } from './part-limits.ts';
import { strangerOf } from './stranger.ts';
import type { Stranger } from './stranger.ts';
import type { Stretch } from './stretch.ts';

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

const characterBefore = (text: string, index: number): string => {
  const isPair = index > 1 && (text.codePointAt(index - 2) ?? 0) > 0xffff;
  return text.slice(index - (isPair ? 2 : 1), index);
};

/** A text being looked through; its links are found when the first replacement comes up. */
class Search {
  readonly text: string;
  readonly alphabet: Alphabet;
  #links: readonly Stretch[] | undefined;

  constructor(text: string, alphabet: Alphabet) {
    this.text = text;
    this.alphabet = alphabet;
  }

  isInLink(index: number): boolean {
    this.#links ??= findLinks(this.text);
    return this.#links.some(({ start, end }) => index >= start && index < end);
  }
}

const isPlainOrCanBe = (character: string, alphabet: Alphabet): boolean =>
  fitsAlphabet(character, alphabet) || plainAlternative(character, alphabet) !== undefined;

/**
 * The plain form of a stranger where it stands. Marks and invisible characters belong to what stands
 * before them: a mark on a letter is no punctuation, and taking a joiner or a selector out of an emoji
 * or a Persian word damages it.
 */
function replacementAt(search: Search, index: number, { plain, isMark }: Stranger) {
  if (plain === undefined || search.isInLink(index)) return undefined;
  const before = characterBefore(search.text, index);
  if (before === '' || /\s/u.test(before)) return plain;
  if (plain !== '') return isMark ? undefined : plain;
  if (search.text[index + 1] === keycap) return undefined;
  return isPlainOrCanBe(before, search.alphabet) ? plain : undefined;
}

/** Every character the alphabet cannot carry, in order. Those inside links get no replacement. */
export function findCulprits(text: string, alphabet: Alphabet = 'gsm-7'): Culprit[] {
  const costs = costsIn(alphabet);
  const search = new Search(text, alphabet);
  const culprits: Culprit[] = [];
  for (let index = 0; index < text.length;) {
    const isCarried = costs[text.charCodeAt(index)] !== 0;
    if (isCarried && !isComposingMark(text, index + 1)) {
      index += 1;
      continue;
    }
    const character = characterAt(text, index);
    if (!isCarried || character.length > 1) {
      const stranger = strangerOf(character, alphabet);
      const replacement = replacementAt(search, index, stranger);
      const lengthens = replacement !== undefined && stranger.lengthens;
      culprits.push({ index, character, codePoint: stranger.codePoint, replacement, lengthens });
    }
    index += character.length;
  }
  return culprits;
}
