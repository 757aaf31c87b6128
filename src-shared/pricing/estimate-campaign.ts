import type { NumberType } from '../message/line.ts';
import { type Billed, priceText } from './price-text.ts';
import { type MoneyRange, type RateCard, addRanges, timesRange } from './rate-card.ts';

/** A text as it is billed, and how many recipients get one of its size; one where it is not said. */
export type CampaignText = Billed & { readonly recipients?: number };

/** What a campaign would cost, with the figures it was reckoned from. Money in millionths of `currency`. */
export type CampaignEstimate = {
  readonly currency: string;
  readonly messages: number;
  /** Of those that go as SMS. */
  readonly segments: number;
  readonly mms: number;
  /** The provider's rate for a segment, and what carriers add to it. */
  readonly rate: MoneyRange;
  readonly fee: MoneyRange;
  /** The same for a whole MMS. */
  readonly mmsRate: MoneyRange;
  readonly mmsFee: MoneyRange;
  readonly total: MoneyRange;
};

/**
 * Adds up what each recipient's own text costs: personal words change the count of segments. Those who may not be texted are
 * left out before; they cost nothing.
 */
export function estimateCampaign(
  card: RateCard,
  numberType: NumberType,
  texts: Iterable<CampaignText>,
): CampaignEstimate {
  let [messages, segments, mms] = [0, 0, 0];
  let total: MoneyRange = [0, 0];
  for (const text of texts) {
    const { recipients = 1 } = text;
    messages += recipients;
    if (text.isMms) mms += recipients;
    else segments += text.segments * recipients;
    total = addRanges(total, timesRange(priceText(card, numberType, text), recipients));
  }
  const { currency, rates } = card;
  const fees = card.surcharges[numberType];
  const forSms = { rate: rates.segment, fee: fees.segment };
  return {
    currency,
    messages,
    segments,
    mms,
    ...forSms,
    mmsRate: rates.mms,
    mmsFee: fees.mms,
    total,
  };
}
