import {
  ParseError,
  parsePhoneNumberWithError,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min';

/** What a person typed as the number to text, understood. `reason`, `cure` and `hint` are whole sentences. */
export type NumberReading =
  | {
      readonly kind: 'number';
      readonly e164: string;
      /** As people in its own country write it. */
      readonly national: string;
      /** What to look at before texting it; null where nothing is odd. */
      readonly hint: string | null;
    }
  | { readonly kind: 'short-code'; readonly digits: string }
  | { readonly kind: 'impossible'; readonly reason: string; readonly cure: string };

type Impossible = Extract<NumberReading, { kind: 'impossible' }>;

/** Marks that come along when a number is copied from a page or a contact card, and what nobody means at its end. */
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/gu;
const link = /^(?:tel|sms|callto):(?:\/\/)?/iu;
const trailing = /[\s,;.]+$/u;
const separators = /[\s().\-/\u2010-\u2015]/gu;
const severalNumbers = /\d\s*[,;|\n]\s*\+?\(?\d|\d\s+\+\d/u;
const emergency: ReadonlySet<string> = new Set(['911', '112', '999']);

const impossible = (reason: string, cure: string): Impossible => ({
  kind: 'impossible',
  reason,
  cure,
});

/**
 * Reads a number as typed or pasted. A number without a country code is taken as one of `defaultCountry`. Refused is only what
 * cannot be a number at all; what the numbering plan has not assigned gets a hint, because plans change and the metadata lags.
 * The small metadata is enough: against the full one it differs in hints, never in refusals, at half the size.
 */
export function readNumber(input: string, defaultCountry: CountryCode = 'US'): NumberReading {
  const text = input.replaceAll(invisible, '').trim().replace(link, '').replace(trailing, '');
  if (text === '')
    return impossible('No number yet.', 'Write the number to text, such as (206) 555-0142.');
  if (severalNumbers.test(text))
    return impossible('This is more than one number.', 'Text one number at a time.');
  const plain = text.replaceAll(separators, '');
  if (/^\d{3,6}$/u.test(plain)) return readShortCode(plain);
  return parse(withPlus(plain, text), defaultCountry);
}

/** 00 is how most of the world dials abroad; no number begins with it. */
const withPlus = (plain: string, text: string): string =>
  plain.startsWith('00') ? `+${plain.slice(2)}` : text;

function readShortCode(digits: string): NumberReading {
  if (!emergency.has(digits)) return { kind: 'short-code', digits };
  return impossible('An emergency number cannot be texted from here.', 'Call it from a phone.');
}

function parse(text: string, defaultCountry: CountryCode): NumberReading {
  try {
    const number = parsePhoneNumberWithError(text, { defaultCountry, extract: false });
    if (!number.isPossible()) return explainLength(number);
    return {
      kind: 'number',
      e164: number.number,
      national: number.formatNational().replace(/ ext\. .*$/u, ''),
      hint: hintFor(number),
    };
  } catch (error) {
    if (error instanceof ParseError) return explainError(error.message, text);
    throw error;
  }
}

function hintFor(number: PhoneNumber): string | null {
  if (number.ext !== undefined) return `The extension ${number.ext} is left out: texts have none.`;
  return number.isValid()
    ? null
    : 'The numbering plan has not assigned this number, so check the digits.';
}

function explainLength(number: PhoneNumber): Impossible {
  const code = number.countryCallingCode;
  const count = number.nationalNumber.length;
  if (code === '1' && count === 7)
    return impossible('The area code is missing.', 'Put the three-digit area code before it.');
  const counted =
    code === '1'
      ? `A +1 number has 10 digits after the country code, and this has ${count}.`
      : `A +${code} number cannot have ${count} digits after the country code.`;
  return impossible(
    counted,
    validatePhoneNumberLength(number.number) === 'TOO_LONG'
      ? 'Look for a digit too many.'
      : 'Look for a missing digit.',
  );
}

function explainError(code: string, text: string): Impossible {
  switch (code) {
    case 'INVALID_COUNTRY':
      return impossible(
        'No country has this country code.',
        'Begin with + and the country code, such as +1.',
      );
    case 'TOO_SHORT':
      return impossible('This is too short for a number.', 'Look for missing digits.');
    case 'TOO_LONG':
      return impossible('This is too long for a number.', 'Look for digits too many.');
    default:
      return /\p{L}/u.test(text)
        ? impossible('A number has no letters in it.', 'Write the number in digits.')
        : impossible('This is not a phone number.', 'Write it in digits, such as (206) 555-0142.');
  }
}
