import { tableSize } from './read-code-table.ts';

/**
 * The default extension table (3GPP TS 23.038 §6.2.1.1): code after the escape, and its character.
 * Each costs two septets. Form feed is a member ("page break"), though many counters forget it.
 */
const members: readonly (readonly [code: number, character: string])[] = [
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
];

const asTable = (): Uint16Array => {
  const table = new Uint16Array(tableSize);
  for (const [code, character] of members) table[code] = character.charCodeAt(0);
  return table;
};

/** Cell n holds the character of code n after an escape, 0 where there is none. */
export const gsmExtension: Uint16Array = asTable();
