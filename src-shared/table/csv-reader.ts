/** A table that cannot be read on; the message is a sentence for a person. */
export class BrokenTable extends Error {
  override readonly name = 'BrokenTable';
}

/** Characters of one row at most: what is longer has lost a quote somewhere. */
const longestRow = 1_000_000;

/**
 * Reads a table of comma-separated values as it comes in, piece by piece. Commas, semicolons or tabs part the cells, whichever
 * the first row has most of; rows end in CRLF or LF; empty rows are passed over.
 */
export class CsvReader {
  #separator: string | null = null;
  /** What has come of the row that is not whole yet. */
  #rest = '';

  /**
   * The rows that are whole with this piece.
   * @throws {BrokenTable} where a row never ends
   */
  push(piece: string): string[][] {
    this.#rest +=
      this.#rest === '' && this.#separator === null ? piece.replace(/^\uFEFF/u, '') : piece;
    const rows: string[][] = [];
    let from = 0;
    for (let end = endOfRow(this.#rest, from); end !== -1; end = endOfRow(this.#rest, from)) {
      this.#add(rows, this.#rest.slice(from, end));
      from = end + 1;
    }
    this.#rest = this.#rest.slice(from);
    if (this.#rest.length > longestRow)
      throw new BrokenTable('A row of the file never ends: a quote in it is not closed.');
    return rows;
  }

  /** The last row, where it had no end of its own. */
  end(): string[][] {
    const rows: string[][] = [];
    this.#add(rows, this.#rest);
    this.#rest = '';
    return rows;
  }

  #add(rows: string[][], line: string): void {
    const row = line.replace(/\r$/u, '');
    if (row === '') return;
    this.#separator ??= separatorOf(row);
    rows.push(cellsOf(row, this.#separator));
  }
}

/** Where the row that begins at `from` ends; line ends within quotes are part of it. -1 where it goes on. */
function endOfRow(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    else if (character === '\n' && !isQuoted) return at;
  }
  return -1;
}

function separatorOf(row: string): string {
  const counts = [',', ';', '\t'].map((each) => ({ each, count: row.split(each).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).each;
}

function cellsOf(row: string, separator: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted] = ['', false];
  for (let at = 0; at < row.length; at += 1) {
    const character = row[at] as string;
    if (character === '"' && isQuoted && row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}
