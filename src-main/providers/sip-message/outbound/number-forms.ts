import type { NumberFormat } from '../profile.ts';

/**
 * A number as the carrier writes it: `+15550100002`, `15550100002` or `5550100002`; short codes as they are. Null for what
 * cannot be written so, a name or a number of another country. Nothing but digits and a plus ever comes out.
 */
export function toCarrier(number: string, format: NumberFormat): string | null {
  if (/^\d{3,6}$/.test(number)) return number;
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return null;
  switch (format) {
    case 'e164plus':
      return number;
    case 'e164':
      return number.slice(1);
    case 'nanp10':
      return /^\+1\d{10}$/.test(number) ? number.slice(2) : null;
  }
}
