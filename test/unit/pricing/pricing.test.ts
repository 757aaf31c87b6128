import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { estimateCampaign } from '#shared/pricing/estimate-campaign.ts';
import { mmsBreakEven, priceText } from '#shared/pricing/price-text.ts';
import { type RateCard, rateCardSchema, usualRateCard } from '#shared/pricing/rate-card.ts';
import { firstBill, registrationFees } from '#shared/pricing/registration-fees.ts';

const cardWith = (segment: [number, number], fee: [number, number]): RateCard => {
  const usual = usualRateCard('any');
  const dlc = { ...usual.surcharges['10dlc'], segment: fee };
  return {
    ...usual,
    rates: { ...usual.rates, segment },
    surcharges: { ...usual.surcharges, '10dlc': dlc },
  };
};
const tenThousand = Array.from({ length: 10_000 }, () => ({ segments: 1, isMms: false }));
const dollars = (range: readonly number[]): number[] => range.map((amount) => amount / 1e6);

describe('what a campaign of 10,000 one-segment texts costs', () => {
  it.each([
    ['both ranges whole', [5_000, 20_000], [3_000, 10_000], [80, 300]],
    ['the rate alone, the fee at its bottom', [5_000, 20_000], [3_000, 3_000], [80, 230]],
    ['known exactly', [8_300, 8_300], [3_400, 3_400], [117, 117]],
  ] as const)('%s', (...[, segment, fee, expected]) => {
    const estimate = estimateCampaign(cardWith([...segment], [...fee]), '10dlc', tenThousand);
    expect(dollars(estimate.total)).toEqual(expected);
    expect(estimate).toMatchObject({ messages: 10_000, segments: 10_000, mms: 0 });
  });

  it('adds each recipient’s own segments, and an MMS once', () => {
    const texts = [
      { segments: 3, isMms: false },
      { segments: 9, isMms: true },
    ];
    const card = cardWith([4_000, 4_000], [3_000, 3_000]);
    const mms = priceText(card, '10dlc', { segments: 9, isMms: true });
    const { total, segments } = estimateCampaign(card, '10dlc', texts);
    expect(total).toEqual([21_000 + mms[0], 21_000 + mms[1]]);
    expect(segments).toBe(3);
  });

  it('never loses a millionth, however it is added up', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), counts, (rate, segments) => {
        const card = cardWith([rate, rate], [0, 0]);
        const texts = segments.map((count) => ({ segments: count, isMms: false }));
        const sum = segments.reduce((all, count) => all + count, 0) * rate;
        expect(estimateCampaign(card, '10dlc', texts).total).toEqual([sum, sum]);
      }),
    );
  });
});

describe('rate cards', () => {
  it('are sound as they come, for any provider', () => {
    for (const provider of ['twilio', 'telnyx', 'flowroute', 'plivo', '__proto__', 'constructor'])
      expect(rateCardSchema.safeParse(usualRateCard(provider)).success).toBe(true);
  });

  it('refuse a range that goes backwards and money that is no whole number', () => {
    const card = usualRateCard('twilio');
    const wrong = [
      [5, 4],
      [0.5, 1],
      [-1, 1],
    ] as const;
    for (const segment of wrong)
      expect(rateCardSchema.safeParse({ ...card, rates: { ...card.rates, segment } }).success).toBe(
        false,
      );
  });

  it('say from how many segments on an MMS costs less', () => {
    expect(mmsBreakEven(usualRateCard('twilio'), '10dlc')).toBe(3);
    expect(mmsBreakEven(cardWith([100, 100], [0, 0]), '10dlc')).toBeNull();
  });
});

describe('registration fees', () => {
  it('add up to the first bill', () => {
    expect(dollars(firstBill(registrationFees, 'standard', false))).toEqual([42, 49.5]);
    expect(dollars(firstBill(registrationFees, 'standard', true))).toEqual([83, 90.5]);
  });
});
