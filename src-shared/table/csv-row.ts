/** What may stand in a cell of a table. */
export type Cell = string | number | boolean | null | undefined;

/** One row of a table by RFC 4180: commas, CRLF, quotes where they are needed. */
export const toCsvRow = (cells: readonly Cell[]): string => `${cells.map(quote).join(',')}\r\n`;

function quote(cell: Cell): string {
  const text = cell === null || cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that a spreadsheet would take for a formula, with `'` put before it. Text that begins with such marks already gets one
 * more, so that taking one away from whatever begins so gives back every text as it was.
 */
export function guardCell(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return /^'*[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
}
