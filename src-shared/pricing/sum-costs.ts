import type { CostRow, CostSum } from '../contract/cost-commands.ts';
import type { Line } from '../message/line.ts';
import { priceText } from './price-text.ts';
import { type MoneyRange, type RateCard, addRanges, timesRange } from './rate-card.ts';

/** Texts of one line and one day that are priced in the same way; `currency` is null where no price was told. */
export type SpentTexts = {
  readonly isMms: boolean;
  readonly texts: number;
  readonly segments: number;
  readonly currency: string | null;
  readonly billed: number;
};

const nothing: MoneyRange = [0, 0];

/** Adds sums up, currency by currency, in the order in which the currencies come first. */
export function addSums(sums: Iterable<CostSum>): CostSum[] {
  const byCurrency = new Map<string, CostSum>();
  for (const { currency, billed, estimated } of sums) {
    const known = byCurrency.get(currency) ?? { currency, billed: 0, estimated: nothing };
    byCurrency.set(currency, {
      currency,
      billed: known.billed + billed,
      estimated: addRanges(known.estimated, estimated),
    });
  }
  return [...byCurrency.values()];
}

/** What the texts of a line and a day cost: as billed where the carrier told, else by the card as it is now. */
export function costRow(
  { day, line, card }: { readonly day: string; readonly line: Line; readonly card: RateCard },
  spent: readonly SpentTexts[],
): CostRow {
  const count = (of: (each: SpentTexts) => number): number =>
    spent.reduce((sum, each) => sum + of(each), 0);
  return {
    day,
    lineId: line.id,
    texts: count(({ texts }) => texts),
    segments: count(({ isMms, segments }) => (isMms ? 0 : segments)),
    mms: count(({ isMms, texts }) => (isMms ? texts : 0)),
    sums: addSums(spent.map((each) => sumOf(each, line, card))),
  };
}

function sumOf(spent: SpentTexts, { numberType }: Line, card: RateCard): CostSum {
  const { currency, billed, isMms, texts, segments } = spent;
  if (currency !== null) return { currency, billed, estimated: nothing };
  const estimated = isMms
    ? timesRange(priceText(card, numberType, { segments: 1, isMms }), texts)
    : priceText(card, numberType, { segments, isMms });
  return { currency: card.currency, billed: 0, estimated };
}
