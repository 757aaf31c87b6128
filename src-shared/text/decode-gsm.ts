import { escapeCode } from './gsm-default-alphabet.ts';
import { lockingTable, singleShiftTable } from './national-tables.ts';

/** National language numbers a part announced; 0 or absent means the default tables. */
export type Languages = {
  readonly singleShift?: number | undefined;
  readonly lockingShift?: number | undefined;
};

const characterIn = (table: Uint16Array, code: number): string =>
  String.fromCharCode(table[code & 0x7f] ?? 0);

const isBlank = (table: Uint16Array, code: number): boolean => (table[code & 0x7f] ?? 0) === 0;

/** An unknown pair shows the base alphabet's character; a second escape, reserved, shows a space. */
const afterEscape = (code: number, base: Uint16Array, shifted: Uint16Array): string => {
  if (!isBlank(shifted, code)) return characterIn(shifted, code);
  return isBlank(base, code) ? ' ' : characterIn(base, code);
};

/**
 * The text of unpacked septets, one per octet. Nothing is refused: blank cells show a space, unknown
 * escape pairs the character of the second code alone, and an escape at the very end nothing.
 */
export function decodeGsm(septets: Uint8Array, languages: Languages = {}): string {
  const base = lockingTable(languages.lockingShift ?? 0);
  const shifted = singleShiftTable(languages.singleShift ?? 0);
  let text = '';
  let isEscaped = false;
  for (const code of septets) {
    if (isEscaped) text += afterEscape(code, base, shifted);
    else if (code !== escapeCode) text += isBlank(base, code) ? ' ' : characterIn(base, code);
    isEscaped = !isEscaped && code === escapeCode;
  }
  return text;
}
