import { readNumber } from '#shared/phone/read-number.ts';

/** What the check of a typed number says, and how. */
export type NumberWords = { readonly tone: 'plain' | 'warn' | 'bad'; readonly words: string };

/** The check of a number as it is typed: what it is read as, with a hint or a refusal in words. */
export function numberWords(typed: string): NumberWords {
  if (typed.trim() === '')
    return { tone: 'plain', words: 'A number with area code, or a short code.' };
  const reading = readNumber(typed);
  switch (reading.kind) {
    case 'impossible':
      return { tone: 'bad', words: `${reading.reason} ${reading.cure}` };
    case 'short-code':
      return { tone: 'plain', words: `Short code ${reading.digits}` };
    case 'number':
      return reading.hint === null
        ? { tone: 'plain', words: reading.e164 }
        : { tone: 'warn', words: `${reading.e164} · ${reading.hint}` };
  }
}
