import { withoutPlus } from '#shared/phone/carrier-number.ts';

const longestShortCode = 6;

/**
 * A number as Vonage writes it, as we keep it: `15550100001` becomes `+15550100001`. Vonage always writes the country code, so
 * ten digits are a number of another country, not one of ours without its 1. Short codes and names stay.
 */
export function fromVonage(written: string): string {
  const international = /^\d+$/.test(written) && written.length > longestShortCode;
  return international ? `+${written}` : written;
}

/** A number of ours, as Vonage wants it: digits alone. */
export const toVonage = withoutPlus;
