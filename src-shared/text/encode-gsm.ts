import { escapeCode } from './gsm-default-alphabet.ts';
import { behindEscape, septetCodes, septetCosts } from './gsm-septets.ts';

/**
 * The septets of a text in the GSM-7 default and extension tables, one per octet, high bit zero (the
 * unpacked form many SMPP centres expect). Throws a RangeError naming the first character that has no
 * septet: such a text is sent in UCS-2.
 */
export function encodeGsm(text: string): Uint8Array {
  const septets: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const code = septetCodes[unit] ?? 0;
    if (septetCosts[unit] === 0) {
      const label = unit.toString(16).toUpperCase().padStart(4, '0');
      throw new RangeError(`text[${i}] is U+${label}, which GSM-7 does not have: send it in UCS-2`);
    }
    if ((code & behindEscape) !== 0) septets.push(escapeCode);
    septets.push(code & ~behindEscape);
  }
  return Uint8Array.from(septets);
}
