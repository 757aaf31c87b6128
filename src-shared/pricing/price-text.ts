import type { NumberType } from '../message/line.ts';
import { type MoneyRange, type RateCard, timesRange, unitPrice } from './rate-card.ts';

/** A text as it is billed: so many segments of SMS, or one MMS whatever its length. */
export type Billed = { readonly segments: number; readonly isMms: boolean };

/** What a text costs, in millionths of the card's currency. */
export function priceText(
  card: RateCard,
  numberType: NumberType,
  { segments, isMms }: Billed,
): MoneyRange {
  return isMms
    ? unitPrice(card, numberType, 'mms')
    : timesRange(unitPrice(card, numberType, 'segment'), segments);
}

/**
 * From how many segments on an MMS would surely cost less than the same words as SMS; null where that depends on who is
 * texted or never happens within ten segments.
 */
export function mmsBreakEven(card: RateCard, numberType: NumberType): number | null {
  const [, mms] = unitPrice(card, numberType, 'mms');
  const [segment] = unitPrice(card, numberType, 'segment');
  const segments = Math.floor(mms / Math.max(segment, 1)) + 1;
  return segments > 10 ? null : segments;
}
