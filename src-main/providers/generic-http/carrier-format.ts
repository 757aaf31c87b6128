import { fromCarrier } from '#shared/phone/carrier-number.ts';

/** How the carrier writes numbers: `+15550100001`, `15550100001` or `5550100001`. */
export const numberFormats = ['e164plus', 'e164', 'nanp10'] as const;
export type NumberFormat = (typeof numberFormats)[number];

const northAmerican = /^\+1(\d{10})$/;

/** A number of ours as the carrier wants it; null where it cannot write it. Short codes and names stay as they are. */
export function toCarrierNumber(format: NumberFormat, number: string): string | null {
  if (!number.startsWith('+') || format === 'e164plus') return number;
  if (format === 'e164') return number.slice(1);
  return northAmerican.exec(number)?.[1] ?? null;
}

/**
 * A number as the carrier writes it, as we keep it. Blanks, brackets, dashes and a SIP address around it are seen through; short codes
 * and names stay as they are. Null where it is nobody's number and nobody's name.
 */
export function fromCarrierNumber(format: NumberFormat, written: string): string | null {
  const bare = written
    .trim()
    .replace(/^(?:tel|sips?|sms):/i, '')
    .replace(/[@;].*$/s, '')
    .trim();
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (bare === '' || bare.length > 64 || /[\u0000-\u001f\u007f]/.test(bare)) return null;
  if (!/^\+?[\d\s().-]+$/.test(bare) || !/\d/.test(bare)) return bare;
  return withPlus(format, bare.replaceAll(/[^\d+]/g, '').replace(/^00(?=\d{7})/, '+'));
}

/** Ten digits are a North American number only where the carrier does not always write the country code. */
function withPlus(format: NumberFormat, digits: string): string {
  const isShort = digits.length <= 6;
  return format === 'e164' && !isShort && !digits.startsWith('+')
    ? `+${digits}`
    : fromCarrier(digits);
}
