const formats = new Map<string, Intl.NumberFormat>();

/** Digits after the point: texts cost fractions of a cent, numbers and campaigns whole ones. */
export type LeastDigits = 2 | 4;

/** "$0.0158", "$1.25": an amount given in millionths of a currency, never rounded. */
export function moneyOf(micros: number, currency: string, leastDigits: LeastDigits = 2): string {
  return formatOf(currency.toUpperCase(), leastDigits).format(micros / 1_000_000);
}

function formatOf(currency: string, minimumFractionDigits: LeastDigits): Intl.NumberFormat {
  const key = `${currency} ${minimumFractionDigits}`;
  const format = formats.get(key) ?? makeFormat(currency, minimumFractionDigits);
  formats.set(key, format);
  return format;
}

function makeFormat(currency: string, minimumFractionDigits: LeastDigits): Intl.NumberFormat {
  const digits = { minimumFractionDigits, maximumFractionDigits: 6 };
  // A carrier may name its currency in a way of its own; the digits still count.
  if (!/^[A-Z]{3}$/u.test(currency)) return new Intl.NumberFormat(undefined, digits);
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...digits });
}
