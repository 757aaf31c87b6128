/** Codes in one 7-bit table. */
export const tableSize = 128;

const asCell = (cell: string): number =>
  cell === '----' || cell === 'ESC' ? 0 : Number.parseInt(cell, 16);

/**
 * Reads a table written as 128 cells of hexadecimal code points, `----` for a blank and `ESC` for the
 * escape, both of which become 0: no 7-bit table contains U+0000.
 */
export function readCodeTable(cells: string): Uint16Array {
  const table = Uint16Array.from(cells.trim().split(/\s+/u), asCell);
  if (table.length !== tableSize) {
    throw new RangeError(`A code table has 128 cells, this one ${table.length}: count its rows`);
  }
  return table;
}
