/**
 * A number as a carrier writes it, as we keep it: `15550100001`, `+15550100001` and `5550100001` become `+15550100001`, short
 * codes and alphanumeric senders stay as they are.
 */
export function fromCarrier(written: string): string {
  const digits = written.replace(/^\+/, '');
  if (!/^\d+$/.test(digits)) return written;
  if (written.startsWith('+')) return written;
  if (digits.length <= 6) return digits;
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}

/** The digits alone, as carriers that write no plus sign want them. */
export function withoutPlus(number: string): string {
  return number.replace(/^\+/, '');
}
