import type { MoneyRange } from './rate-card.ts';

const formats = new Map<string, Intl.NumberFormat>();

type Digits = { readonly least: number; readonly most: number };

/**
 * "$0.024", "$0.021–$0.027", "$1.24": what something would cost, rounded once, here. Given in millionths. Below ten cents a
 * third digit tells texts apart.
 */
export function priceWords(range: MoneyRange, currency: string): string {
  const most = range[1] > 0 && range[1] < 100_000 ? 3 : 2;
  return rangeWords(range, currency, { least: most, most });
}

/** "$0.0083", "$0.003–$0.005": a price for one, not rounded, because much is multiplied by it. */
export function rateWords(range: MoneyRange, currency: string): string {
  return rangeWords(range, currency, { least: 3, most: 6 });
}

function rangeWords([low, high]: MoneyRange, currency: string, digits: Digits): string {
  const [from, to] = [amount(low, currency, digits), amount(high, currency, digits)];
  return from === to ? from : `${from}–${to}`;
}

function amount(micros: number, currency: string, digits: Digits): string {
  const key = `${currency} ${digits.least} ${digits.most}`;
  const format = formats.get(key) ?? makeFormat(currency.toUpperCase(), digits);
  formats.set(key, format);
  return format.format(micros / 1_000_000);
}

function makeFormat(currency: string, { least, most }: Digits): Intl.NumberFormat {
  const digits = { minimumFractionDigits: least, maximumFractionDigits: most };
  // A carrier may name its currency in a way of its own; the digits still count.
  if (!/^[A-Z]{3}$/u.test(currency)) return new Intl.NumberFormat(undefined, digits);
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits });
}
