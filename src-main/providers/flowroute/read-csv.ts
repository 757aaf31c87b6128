/**
 * Comma-separated values (RFC 4180) as lines of cells; null where a quoted cell does not end as it should. Quoted cells may hold
 * commas, line breaks and doubled quotes; empty lines are left out.
 */
export function readCsv(text: string): readonly (readonly string[])[] | null {
  const lines: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*)?)(,|\r?\n|$)/gy;
  for (let match = cell.exec(text); match !== null; match = cell.exec(text)) {
    const [, quoted, plain = '', end] = match;
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
    if (end === '') return lines;
    cells = [];
  }
  return null;
}
