import { describe, expect, it } from 'vitest';

import { campaignWords } from '#shared/pricing/campaign-words.ts';
import { estimateCampaign } from '#shared/pricing/estimate-campaign.ts';
import { priceWords, rateWords } from '#shared/pricing/price-words.ts';
import { type RateCard, usualRateCard } from '#shared/pricing/rate-card.ts';
import { registrationFees } from '#shared/pricing/registration-fees.ts';
import { registrationWords } from '#shared/pricing/registration-words.ts';

describe('a price in words', () => {
  it.each([
    [[24_000, 24_000], '$0.024'],
    [[21_000, 27_000], '$0.021–$0.027'],
    [[21_100, 21_400], '$0.021'],
    [[99_600, 99_600], '$0.100'],
    [[80_000_000, 300_000_000], '$80.00–$300.00'],
    [[0, 0], '$0.00'],
  ] as const)('of %j is %s', ([low, high], words) => {
    expect(priceWords([low, high], 'USD')).toBe(words);
  });

  it('of one is not rounded, because much is multiplied by it', () => {
    expect(rateWords([8_300, 8_300], 'USD')).toBe('$0.0083');
    expect(rateWords([4_150, 5_175], 'USD')).toBe('$0.00415–$0.005175');
  });

  it('keeps its digits where the currency is none that is known', () => {
    expect(priceWords([24_000, 24_000], 'credits')).toBe('0.024');
  });
});

describe('a campaign in words', () => {
  const card = (
    rate: RateCard['rates']['segment'],
    fee: RateCard['rates']['segment'],
  ): RateCard => {
    const usual = usualRateCard('any');
    const dlc = { segment: fee, mms: [10_000, 10_000] as [number, number] };
    return {
      ...usual,
      rates: { segment: rate, mms: [20_000, 20_000] },
      surcharges: { ...usual.surcharges, '10dlc': dlc },
    };
  };
  const one = { segments: 1, isMms: false, recipients: 10_000 };

  it.each([
    [[5_000, 20_000], [3_000, 3_000], '($0.005–$0.020 rate + $0.003 carrier fee) = $80.00–$230.00'],
    [
      [5_000, 20_000],
      [3_000, 10_000],
      '($0.005–$0.020 rate + $0.003–$0.010 carrier fee) = $80.00–$300.00',
    ],
  ] as const)('%j and %j', (rate, fee, sum) => {
    const estimate = estimateCampaign(card([...rate], [...fee]), '10dlc', [one]);
    expect(campaignWords(estimate)).toEqual([`10,000 messages × 1 segment × ${sum}`]);
  });

  it('tells SMS of several sizes and MMS apart, and the parts add up', () => {
    const texts = [
      { segments: 1, isMms: false, recipients: 2 },
      { segments: 3, isMms: false },
      { segments: 9, isMms: true, recipients: 4 },
    ];
    const estimate = estimateCampaign(card([5_000, 5_000], [3_000, 3_000]), '10dlc', texts);
    expect(campaignWords(estimate)).toEqual([
      '5 segments of 3 messages × ($0.005 rate + $0.003 carrier fee) = $0.040',
      '4 MMS × ($0.020 rate + $0.010 carrier fee) = $0.12',
    ]);
    expect(estimate.total).toEqual([160_000, 160_000]);
  });

  it('of nobody has nothing to reckon', () => {
    expect(campaignWords(estimateCampaign(card([1, 1], [1, 1]), '10dlc', []))).toEqual([]);
  });
});

it('registration fees are told one by one, with the first bill', () => {
  const told = registrationWords(registrationFees);
  expect(told).toContainEqual({ name: 'Campaign, each month: standard', amount: '$10.00' });
  expect(told.at(-1)?.amount).toBe('$42.00–$49.50; with vetting $83.00–$90.50');
});
