const million = 1_000_000;
const decimal = /^(-?)\$?(\d{0,9})(?:\.(\d+))?$/;

/**
 * A carrier's amount of money, such as `"0.0075"`, `"$0.0040"`, `"-0.0075"` or `1.25`, in millionths, rounded to the nearest.
 * Null where it is none. Decimals are read digit by digit, because 0.0033 has no exact number.
 */
export function readMicros(amount: string | number | null | undefined): number | null {
  if (typeof amount === 'number')
    return Number.isFinite(amount) ? Math.round(amount * million) : null;
  const [all, sign, whole = '', fraction = ''] = decimal.exec(amount?.trim() ?? '') ?? [];
  if (all === undefined || whole + fraction === '') return null;
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  const more = Number(fraction[6] ?? 0) >= 5 ? 1 : 0;
  const sum = Number(whole) * million + micros + more;
  return sign === '-' && sum > 0 ? -sum : sum;
}
