import { septetCosts } from './gsm-septets.ts';
import type { Alphabet } from './part-limits.ts';

/** How a text goes over the air. The choice is per message: one stranger turns all of it to UCS-2. */
export type Encoding = 'GSM-7' | 'UCS-2';

const asciiCosts = (): Uint8Array => {
  const costs = new Uint8Array(septetCosts.length).fill(1, 0x20, 0x7f);
  for (const control of '\t\n\f\r') costs[control.charCodeAt(0)] = 1;
  return costs;
};

const costsByAlphabet: Readonly<Record<Alphabet, Uint8Array>> = {
  'gsm-7': septetCosts,
  ascii: asciiCosts(),
};

/** Units each UTF-16 code unit costs in the alphabet, 0 for what it cannot carry. */
export const costsIn = (alphabet: Alphabet): Uint8Array => costsByAlphabet[alphabet];

/** Units the text takes at the given costs, or -1 as soon as one of its characters has none. */
export function countUnits(text: string, costs: Uint8Array): number {
  let units = 0;
  for (let i = 0; i < text.length; i += 1) {
    const cost = costs[text.charCodeAt(i)] ?? 0;
    if (cost === 0) return -1;
    units += cost;
  }
  return units;
}

/** Whether every character of the text can be sent without turning to UCS-2. */
export const fitsAlphabet = (text: string, alphabet: Alphabet = 'gsm-7'): boolean =>
  countUnits(text, costsIn(alphabet)) >= 0;
