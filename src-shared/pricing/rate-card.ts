import { z } from 'zod';

import { type NumberType, numberTypeSchema } from '../message/line.ts';

/** Money in millionths of the currency, because rates such as 0.00415 occur; rounded once, when it is shown. */
const micros = z.int().nonnegative();

/** From the least to the most that something costs; both the same where it is known exactly. */
export const moneyRangeSchema = z
  .tuple([micros, micros])
  .refine(([low, high]) => low <= high, 'must go from the lower to the higher');
export type MoneyRange = z.infer<typeof moneyRangeSchema>;

/** What a provider takes for one text out: a segment of an SMS, a whole MMS. */
const rateSchema = z.strictObject({ segment: moneyRangeSchema, mms: moneyRangeSchema });

/** What a provider asks and what the carriers behind it add, as data that a person can edit. */
export const rateCardSchema = z.strictObject({
  /** ISO date on which the figures were read. */
  asOf: z.iso.date(),
  currency: z.string().length(3),
  rates: rateSchema,
  /** Passed through at cost, by the kind of our number. */
  surcharges: z.record(numberTypeSchema, rateSchema),
});
export type RateCard = z.infer<typeof rateCardSchema>;

const exactly = (amount: number): MoneyRange => [amount, amount];

/** Least and most of what the large carriers of the United States add, in 2026. */
const surcharges: RateCard['surcharges'] = {
  '10dlc': { segment: [3_000, 5_000], mms: [6_500, 10_000] },
  'toll-free': { segment: [2_500, 4_000], mms: [5_000, 10_000] },
  'short-code': { segment: [2_500, 4_000], mms: [6_500, 10_000] },
  other: { segment: [3_000, 10_000], mms: [6_500, 18_000] },
};

/** List prices in the United States as of November 2026; `mms` of those who publish none is the range of the others. */
const listPrices: Readonly<Record<string, RateCard['rates']>> = {
  twilio: { segment: exactly(8_300), mms: exactly(22_000) },
  telnyx: { segment: exactly(4_000), mms: [15_000, 22_000] },
  flowroute: { segment: exactly(4_000), mms: [15_000, 22_000] },
};

/** What providers that publish nothing usually ask. */
const usualPrices: RateCard['rates'] = { segment: [4_000, 10_000], mms: [15_000, 22_000] };

/** The card a connection begins with, until somebody edits it. */
export function usualRateCard(provider: string): RateCard {
  const rates = Object.hasOwn(listPrices, provider) ? listPrices[provider] : undefined;
  return { asOf: '2026-11-01', currency: 'USD', rates: rates ?? usualPrices, surcharges };
}

/** What one segment, or one MMS, costs from a number of this kind: the rate and what carriers add. */
export function unitPrice(
  card: RateCard,
  numberType: NumberType,
  unit: 'segment' | 'mms',
): MoneyRange {
  return addRanges(card.rates[unit], card.surcharges[numberType][unit]);
}

export function addRanges([low, high]: MoneyRange, [moreLow, moreHigh]: MoneyRange): MoneyRange {
  return [low + moreLow, high + moreHigh];
}

export function timesRange([low, high]: MoneyRange, count: number): MoneyRange {
  return [low * count, high * count];
}
