import type { CostSum } from '#shared/contract/cost-commands.ts';
import { priceWords } from '#shared/pricing/price-words.ts';
import { addRanges } from '#shared/pricing/rate-card.ts';

const bill = (sum: CostSum): string => priceWords([sum.billed, sum.billed], sum.currency);
const guess = (sum: CostSum): string => priceWords(sum.estimated, sum.currency);
const isEstimated = ({ estimated: [, most] }: CostSum): boolean => most > 0;

/** What was spent altogether: "$1.24", in each currency. */
export function totalWords(sums: readonly CostSum[]): string {
  return sums
    .map(({ billed, estimated, currency }) =>
      priceWords(addRanges([billed, billed], estimated), currency),
    )
    .join(' + ');
}

/** "$1.24 (billed $0.80, estimated $0.44)"; whichever there is none of is left out. */
export function spentWords(sums: readonly CostSum[]): string {
  if (sums.length === 0) return 'nothing';
  const parts = [
    ...sums.filter(({ billed }) => billed > 0).map((sum) => `billed ${bill(sum)}`),
    ...sums.filter(isEstimated).map((sum) => `estimated ${guess(sum)}`),
  ];
  return parts.length === 0 ? totalWords(sums) : `${totalWords(sums)} (${parts.join(', ')})`;
}

/** What of it carriers billed, and what is estimated, for a column each; a dash where there is none. */
export const billedWords = (sums: readonly CostSum[]): string =>
  sums
    .filter(({ billed }) => billed > 0)
    .map(bill)
    .join(' + ') || '–';
export const estimatedWords = (sums: readonly CostSum[]): string =>
  sums.filter(isEstimated).map(guess).join(' + ') || '–';
