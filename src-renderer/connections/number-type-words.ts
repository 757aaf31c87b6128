import type { NumberType } from '#shared/message/line.ts';
import { isTollFree } from '#shared/phone/toll-free.ts';

/** What kind of number it is. */
export const numberTypeWords: Readonly<Record<NumberType, string>> = {
  '10dlc': 'Long code',
  'toll-free': 'Toll-free',
  'short-code': 'Short code',
  other: 'Other',
};

/** What kind a number most likely is, by its digits: E.164, or the digits of a short code. */
export function likelyType(number: string): NumberType {
  if (!number.startsWith('+')) return 'short-code';
  if (isTollFree(number)) return 'toll-free';
  return number.startsWith('+1') ? '10dlc' : 'other';
}
