import { type BilledRow, billedRowSchema } from '../contract/cost-commands.ts';
import { readMicros } from '../provider/read-micros.ts';
import { BrokenTable, CsvReader } from '../table/csv-reader.ts';
import { type NamedColumns, type RecordColumns, findColumns } from './record-columns.ts';

/** A row of the file that cannot be used. */
export type RefusedRow = { readonly row: number; readonly because: string };
export type ReadRows = {
  readonly rows: readonly BilledRow[];
  readonly refused: readonly RefusedRow[];
};

/** Reads a carrier's record file (its MDR) piece by piece: a table whose first row names the columns. */
export class RecordReader {
  readonly #table = new CsvReader();
  readonly #named: NamedColumns;
  #columns: RecordColumns | null = null;
  #row = 0;

  constructor(named: NamedColumns = {}) {
    this.#named = named;
  }

  /** @throws {BrokenTable} where the columns are not there, or a row never ends */
  push(piece: string): ReadRows {
    return this.#read(this.#table.push(piece));
  }

  /** @throws {BrokenTable} where there was nothing */
  end(): ReadRows {
    const last = this.#read(this.#table.end());
    if (this.#columns === null) throw new BrokenTable('The file is empty.');
    return last;
  }

  #read(lines: readonly (readonly string[])[]): ReadRows {
    const rows: BilledRow[] = [];
    const refused: RefusedRow[] = [];
    for (const cells of lines) {
      if (this.#columns === null) {
        this.#columns = columnsIn(cells, this.#named);
        continue;
      }
      this.#row += 1;
      const read = readRow(cells, this.#columns, this.#row);
      if (typeof read === 'string') refused.push({ row: this.#row, because: read });
      else rows.push(read);
    }
    return { rows, refused };
  }
}

function columnsIn(names: readonly string[], named: NamedColumns): RecordColumns {
  const columns = findColumns(names, named);
  if (typeof columns === 'string') throw new BrokenTable(columns);
  return columns;
}

/** A row, or why it cannot be used. What carriers charge may be written as an amount below zero. */
function readRow(
  cells: readonly string[],
  columns: RecordColumns,
  row: number,
): BilledRow | string {
  const cell = (place: number | null): string => (place === null ? '' : (cells[place] ?? ''));
  const money = (place: number | null): number | null => {
    const micros = readMicros(cell(place));
    return micros === null ? null : Math.abs(micros);
  };
  for (const place of [columns.price, columns.fee])
    if (cell(place) !== '' && money(place) === null)
      return `“${cell(place)}” is no amount of money.`;
  const segments = cell(columns.segments);
  const read = billedRowSchema.safeParse({
    row,
    providerMessageId: cell(columns.id),
    segments: segments === '' ? null : Number(segments),
    priceMicros: money(columns.price),
    feeMicros: money(columns.fee),
    currency: cell(columns.currency).toUpperCase() || 'USD',
  });
  return read.success ? read.data : problemIn(read.error.issues[0]?.path[0], segments);
}

function problemIn(field: PropertyKey | undefined, segments: string): string {
  if (field === 'providerMessageId') return 'It has no id.';
  return field === 'segments' ? `“${segments}” is no number of segments.` : 'Its currency is none.';
}
