const million = 1_000_000;
const decimal = /^(-?)\$?(\d{0,9})(?:\.(\d*))?$/;

/**
 * A carrier's amount of money, such as `"0.0075"`, `"$0.0040"`, `"-0.0075"` or `1.25`, in millionths, rounded to the nearest.
 * Null where it is none. Decimals are read digit by digit, because 0.0033 has no exact number.
 */
export function readMicros(amount: string | number | null | undefined): number | null {
  if (typeof amount === 'string') return readDecimal(amount.trim());
  if (typeof amount !== 'number' || !Number.isFinite(amount)) return null;
  return Math.round(amount * million);
}

function readDecimal(text: string): number | null {
  const [all, sign, whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (all === undefined || whole + fraction === '') return null;
  const digits = `${whole}${fraction.slice(0, 6).padEnd(6, '0')}`;
  const micros = Number(digits) + (fraction.charAt(6) >= '5' ? 1 : 0);
  return sign === '-' && micros > 0 ? -micros : micros;
}
