import type { NumberType } from '../message/line.ts';
import { type Billed, priceText } from './price-text.ts';
import { type MoneyRange, type RateCard, addRanges } from './rate-card.ts';

/** What a campaign would cost, with the figures it was reckoned from. Money in millionths of the card's currency. */
export type CampaignEstimate = {
  readonly messages: number;
  readonly segments: number;
  readonly mms: number;
  /** The provider's rate for a segment, and what carriers add to it. */
  readonly rate: MoneyRange;
  readonly fee: MoneyRange;
  readonly total: MoneyRange;
};

/**
 * Adds up what each recipient's own text costs: personal words change the count of segments. Those who may not be texted are
 * left out before; they cost nothing.
 */
export function estimateCampaign(
  card: RateCard,
  numberType: NumberType,
  texts: Iterable<Billed>,
): CampaignEstimate {
  let [messages, segments, mms] = [0, 0, 0];
  let total: MoneyRange = [0, 0];
  for (const text of texts) {
    messages += 1;
    if (text.isMms) mms += 1;
    else segments += text.segments;
    total = addRanges(total, priceText(card, numberType, text));
  }
  const { segment: fee } = card.surcharges[numberType];
  return { messages, segments, mms, rate: card.rates.segment, fee, total };
}
