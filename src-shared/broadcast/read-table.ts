/** One line of a table: its place in the paste, and its cells. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** A row that could not be read, and why, in a sentence. */
export type BadRow = { readonly line: number; readonly reason: string };

export type Table = { readonly rows: readonly TableRow[]; readonly bad: readonly BadRow[] };

type Cell = { readonly text: string; readonly end: number; readonly problem: string | null };

/**
 * Reads a table as pasted from a spreadsheet or saved as CSV (RFC 4180): tabs where the first line has one, else commas, else
 * semicolons. Quoted cells may hold separators, line ends and doubled quotes. Empty lines are passed over; a row with a stray
 * quote is bad, and none is dropped without a word.
 */
export function readTable(input: string): Table {
  const text = input.replace(/^\ufeff/u, '').replaceAll(/\r\n?/gu, '\n');
  const separator = separatorOf(text);
  const rows: TableRow[] = [];
  const bad: BadRow[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const { cells, end, problem } = readRow(text, at, separator);
    if (problem !== null) bad.push({ line, reason: problem });
    else if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
    line += text.slice(at, end).split('\n').length - 1;
    at = end;
  }
  return { rows, bad };
}

function separatorOf(text: string): string {
  const first = /^\n*([^\n]*)/u.exec(text)?.[1] ?? '';
  return ['\t', ',', ';'].find((each) => first.includes(each)) ?? ',';
}

function readRow(
  text: string,
  from: number,
  separator: string,
): { cells: string[]; end: number; problem: string | null } {
  const cells: string[] = [];
  for (let at = from; ;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, separator);
    cells.push(cell.text.trim());
    const next = text[cell.end];
    if (cell.problem !== null || (next !== separator && next !== '\n' && next !== undefined)) {
      const problem = cell.problem ?? 'After a closing quote the cell must end.';
      return { cells, end: afterLine(text, cell.problem === null ? cell.end : at), problem };
    }
    if (next !== separator) return { cells, end: cell.end + 1, problem: null };
    at = cell.end + 1;
  }
}

function readPlain(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
  const cell = text.slice(from, end);
  // A name such as O"Neil is told of rather than guessed at, as the next quote may close what this one opened.
  const problem = cell.includes('"') ? 'A quote stands inside a cell that is not quoted.' : null;
  return { text: cell, end, problem };
}

function readQuoted(text: string, from: number): Cell {
  let cell = '';
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return { text: cell, end: at + 1, problem: null };
  }
  return { text: '', end: from, problem: 'A quote is opened and never closed.' };
}

function afterLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}
