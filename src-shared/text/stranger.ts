import { costsIn, countUnits } from './count-units.ts';
import { plainAlternative } from './look-alikes.ts';
import type { Alphabet } from './part-limits.ts';

/** A character outside the alphabet and what is known of it wherever it stands. */
export type Stranger = {
  readonly character: string;
  /** Its code points as people write them. */
  readonly codePoint: string;
  readonly plain: string | undefined;
  /** Whether the plain form takes more units than the character does in UCS-2. */
  readonly lengthens: boolean;
  /** Whether it is a combining mark or a variation selector. */
  readonly isMark: boolean;
};

/** Kept per alphabet; far more than one language's characters, and dropped at once when full. */
const mostKept = 5000;
const mark = /^\p{M}$/u;

const kept: Readonly<Record<Alphabet, Map<string, Stranger>>> = {
  'gsm-7': new Map(),
  ascii: new Map(),
};

const labelOf = (character: string): string =>
  Array.from(character, (point) => {
    const hex = (point.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${hex.padStart(4, '0')}`;
  }).join(' ');

function meet(character: string, alphabet: Alphabet): Stranger {
  const plain = plainAlternative(character, alphabet);
  return {
    character,
    codePoint: labelOf(character),
    plain,
    lengthens: plain !== undefined && countUnits(plain, costsIn(alphabet)) > character.length,
    isMark: mark.test(character),
  };
}

/** What is known of a character, remembered because texts repeat theirs. */
export function strangerOf(character: string, alphabet: Alphabet): Stranger {
  const met = kept[alphabet];
  const known = met.get(character);
  if (known !== undefined) return known;
  const stranger = meet(character, alphabet);
  if (met.size >= mostKept) met.clear();
  met.set(character, stranger);
  return stranger;
}
