import { fromCarrier, withoutPlus } from '#shared/phone/carrier-number.ts';

import type { ShortCodeForm } from '../profile.ts';
import type { Address } from '../wire/message-body.ts';

/** Types of number (SMPP 3.4 §5.2.5). */
const international = 1;
const alphanumeric = 5;
const longestShortCode = 6;

/** One of our numbers or names as the protocol writes a sender; null where it has no room for it. */
export function asSender(from: string, shortCodeForm: ShortCodeForm): Address | null {
  const digits = withoutPlus(from);
  if (!/^[\x20-\x7e]{1,20}$/.test(digits)) return null;
  if (!/^\d+$/.test(digits)) return { ton: alphanumeric, npi: 0, characters: from };
  if (from.startsWith('+') || digits.length > longestShortCode) return asNumber(digits);
  const [ton = 0, npi = 0] = shortCodeForm.split('/').map(Number);
  return { ton, npi, characters: digits };
}

/** A recipient's number as the protocol writes it; null where it is no number. */
export function asRecipient(to: string, shortCodeForm: ShortCodeForm): Address | null {
  return /^\+?\d{3,15}$/.test(to) ? asSender(to, shortCodeForm) : null;
}

const asNumber = (digits: string): Address => ({ ton: international, npi: 1, characters: digits });

/** A number as the carrier writes it, as we keep it. What it calls international is so, however few digits it has. */
export function readAddress({ ton, characters }: Address): string {
  if (ton === alphanumeric) return characters;
  const isWhole = ton === international && /^\d+$/.test(characters);
  return isWhole && characters.length > longestShortCode
    ? `+${characters}`
    : fromCarrier(characters);
}
