import { type NumberType, numberTypeSchema } from '#shared/message/line.ts';
import { type RateCard, rateCardSchema } from '#shared/pricing/rate-card.ts';
import { readRange, writeRange } from '#shared/pricing/read-range.ts';

export const units = ['segment', 'mms'] as const;
type Unit = (typeof units)[number];

/** What a provider asks, or what carriers add to it by the kind of our number. */
export type RateRow = 'rate' | NumberType;
export const rateRows: readonly RateRow[] = ['rate', ...numberTypeSchema.options];

/** Rates as they are being written. */
export type RatesDraft = {
  readonly asOf: string;
  readonly currency: string;
  readonly cells: Readonly<Record<RateRow, Readonly<Record<Unit, string>>>>;
};

export const ratesOf = (card: RateCard, row: RateRow): RateCard['rates'] =>
  row === 'rate' ? card.rates : card.surcharges[row];

export function draftOf(card: RateCard, asOf: string): RatesDraft {
  const cells = Object.fromEntries(
    rateRows.map((row) => {
      const { segment, mms } = ratesOf(card, row);
      return [row, { segment: writeRange(segment), mms: writeRange(mms) }];
    }),
  ) as RatesDraft['cells'];
  return { asOf, currency: card.currency, cells };
}

export const withCell = (
  draft: RatesDraft,
  { row, unit }: { readonly row: RateRow; readonly unit: Unit },
  written: string,
): RatesDraft => ({
  ...draft,
  cells: { ...draft.cells, [row]: { ...draft.cells[row], [unit]: written } },
});

/** The card that was written; null while something of it cannot be read. */
export function cardOf({ asOf, currency, cells }: RatesDraft): RateCard | null {
  const rate = (row: RateRow) => ({
    segment: readRange(cells[row].segment),
    mms: readRange(cells[row].mms),
  });
  const read = rateCardSchema.safeParse({
    asOf,
    currency: currency.trim().toUpperCase(),
    rates: rate('rate'),
    surcharges: Object.fromEntries(numberTypeSchema.options.map((type) => [type, rate(type)])),
  });
  return read.success ? read.data : null;
}
