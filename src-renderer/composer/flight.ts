import { mmsBreakEven, priceText } from '#shared/pricing/price-text.ts';
import { priceWords } from '#shared/pricing/price-words.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';
import type { TextAnalysis } from '#shared/text/analyze-text.ts';
import { replaceCulprits } from '#shared/text/replace-culprits.ts';

import { counted, inDigits } from '../controls/tell-amount.ts';
import type { Pricing } from '../pricing/use-pricing.ts';

/** What the line under a text says and offers. */
export type Flight = {
  readonly words: string;
  /** The same text with plain look-alikes, and what that comes to; null where it brings nothing. */
  readonly fix: { readonly text: string; readonly words: string } | null;
};

type Written = {
  readonly text: string;
  /** What is put behind the text as it leaves. */
  readonly behind: string;
  /** Of both together. */
  readonly analysis: TextAnalysis;
  /** Pictures go along. */
  readonly isMms: boolean;
};

/** What would leave, why it is as large as that, and what it costs; null where there is nothing to say. */
export function flightOf(written: Written, pricing: Pricing | null): Flight | null {
  const { analysis, isMms } = written;
  if (isMms) return pricing === null ? null : { words: `MMS · ${mmsPrice(pricing)}`, fix: null };
  const because = becauseOf(analysis);
  if (analysis.units === 0 || (because ?? pricing) === null) return null;
  const { length } = analysis.segments;
  const parts = [
    counted(length, 'segment'),
    because,
    textPrice(length, pricing),
    mmsHint(length, pricing),
  ];
  return {
    words: parts.filter((part) => part !== null).join(' · '),
    fix: fixOf(written, pricing),
  };
}

/** "$0.024", "$0.021–$0.027"; null where nobody knows. */
export function textPrice(segments: number, pricing: Pricing | null): string | null {
  if (pricing === null) return null;
  const { card, numberType } = pricing;
  return priceWords(priceText(card, numberType, { segments, isMms: false }), card.currency);
}

const mmsPrice = ({ card, numberType }: Pricing): string =>
  priceWords(priceText(card, numberType, { segments: 1, isMms: true }), card.currency);

/** A picture makes one MMS of all the words: said where that would surely cost less. */
function mmsHint(segments: number, pricing: Pricing | null): string | null {
  const from = pricing === null ? null : mmsBreakEven(pricing.card, pricing.numberType);
  if (pricing === null || from === null || segments < from) return null;
  return `as one MMS, with a picture, only ${mmsPrice(pricing)}`;
}

const namedCulprits = 3;

/** What makes a text Unicode; null where it is not. */
function becauseOf({ encoding, culprits }: TextAnalysis): string | null {
  if (encoding === 'GSM-7') return null;
  const characters = [...new Set(culprits.map(({ character }) => character))];
  const named = characters.slice(0, namedCulprits).map(visible).join(', ');
  const more = characters.length - namedCulprits;
  return `UCS-2 because of ${more > 0 ? `${named} and ${inDigits(more)} more` : named}`;
}

function fixOf(
  { text, behind, analysis: before }: Written,
  pricing: Pricing | null,
): Flight['fix'] {
  const plain = before.encoding === 'GSM-7' ? text : replaceCulprits(text);
  if (plain === text) return null;
  const after = analyzeText(plain + behind);
  const { length } = after.segments;
  const saves = length < before.segments.length;
  const isPlain = after.encoding === 'GSM-7' && length <= before.segments.length;
  if (!saves && !isPlain) return null;
  const parts = [counted(length, 'segment'), textPrice(length, pricing)];
  return { text: plain, words: `Fix (${parts.filter((part) => part !== null).join(', ')})` };
}

/** A character as it can be seen: what is blank or invisible by its code point. */
function visible(character: string): string {
  if (/[^\p{Z}\p{C}\p{M}]/u.test(character)) return character;
  return Array.from(
    character,
    (point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ');
}
