import type { CampaignEstimate } from './estimate-campaign.ts';
import { priceWords, rateWords } from './price-words.ts';
import { type MoneyRange, addRanges, timesRange } from './rate-card.ts';

/**
 * How the cost of a campaign was reckoned, a line for SMS and one for MMS as far as there are such:
 * "10,000 messages × 1 segment × ($0.005 rate + $0.003 carrier fee) = $80.00".
 */
export function campaignWords(estimate: CampaignEstimate): string[] {
  const { currency, messages, segments, mms, rate, fee, mmsRate, mmsFee } = estimate;
  const line = (size: string, count: number, [of, added]: readonly [MoneyRange, MoneyRange]) => {
    const each = `(${rateWords(of, currency)} rate + ${rateWords(added, currency)} carrier fee)`;
    const sum = priceWords(timesRange(addRanges(of, added), count), currency);
    return `${size} × ${each} = ${sum}`;
  };
  return [
    ...(segments > 0 ? [line(smsSize(messages - mms, segments), segments, [rate, fee])] : []),
    ...(mms > 0 ? [line(`${digits.format(mms)} MMS`, mms, [mmsRate, mmsFee])] : []),
  ];
}

const digits = new Intl.NumberFormat();

/** Where personal words make texts of several sizes, only their segments altogether can be multiplied. */
function smsSize(texts: number, segments: number): string {
  const each = segments / texts;
  const messages = counted(texts, 'message');
  return Number.isInteger(each)
    ? `${messages} × ${counted(each, 'segment')}`
    : `${counted(segments, 'segment')} of ${messages}`;
}

const counted = (count: number, one: string): string =>
  `${digits.format(count)} ${count === 1 ? one : `${one}s`}`;
