import { type NumberReading, readNumber } from '../phone/read-number.ts';
import type { Row } from '../template/lint-template.ts';
import { fieldNameOf } from '../template/read-fields.ts';
import { type BadRow, type TableRow, readTable } from './read-table.ts';

/** One person to text. */
export type Recipient = {
  /** The line of the paste they stand on. */
  readonly line: number;
  /** E.164, or the digits of a short code. */
  readonly peer: string;
  /** What the table knows of them, by the names of the fields. */
  readonly known: Row;
};

export type Recipients = {
  readonly people: readonly Recipient[];
  /** Names of the table's columns as fields; none where it is only numbers. */
  readonly fields: readonly string[];
  readonly bad: readonly BadRow[];
  /** Lines whose number stood above already, with the line it stood on. */
  readonly doubled: readonly {
    readonly line: number;
    readonly first: number;
    readonly peer: string;
  }[];
};

const numberNames =
  /^(?:number|phone|phone_number|mobile|mobile_phone|mobile_number|cell|cell_phone|telephone|tel|to)$/u;

/**
 * Reads whom to text: numbers one a line or between commas, or a table whose first line names its columns, one of them the
 * number. Every line that is not texted is told with why, and a number that comes again with where it came first.
 */
export function readRecipients(input: string): Recipients {
  const table = readTable(input);
  const [head, ...body] = table.rows;
  if (head === undefined) return { people: [], fields: [], bad: table.bad, doubled: [] };
  const names = head.cells.map(fieldNameOf);
  const column = names.findIndex((name) => numberNames.test(name));
  if (column === -1) return gather(table.bad, numbersOf(table.rows), []);
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
  if (twice !== undefined) {
    const reason = `Two columns are named “${twice}”, so it is not clear which is meant.`;
    return {
      people: [],
      fields: [],
      bad: [...table.bad, { line: head.line, reason }],
      doubled: [],
    };
  }
  const rows = body.map((row) => rowOf(row, names, column));
  return gather(
    table.bad,
    rows,
    names.filter((name) => name !== ''),
  );
}

type Read = {
  readonly line: number;
  readonly number: string;
  readonly known: Row;
  readonly problem: string | null;
};

/* Without a heading every cell is a number. */
function numbersOf(rows: readonly TableRow[]): Read[] {
  return rows.flatMap(({ line, cells }) =>
    cells
      .filter((cell) => cell !== '')
      .map((number) => ({ line, number, known: {}, problem: null })),
  );
}

function rowOf({ line, cells }: TableRow, names: readonly string[], column: number): Read {
  const problem =
    cells.length > names.length
      ? `It has ${cells.length} cells, and the first line names ${names.length} columns.`
      : null;
  const known = Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
  return { line, number: cells[column] ?? '', known, problem };
}

function gather(
  unread: readonly BadRow[],
  rows: readonly Read[],
  fields: readonly string[],
): Recipients {
  const people: Recipient[] = [];
  const bad: BadRow[] = [...unread];
  const doubled: { line: number; first: number; peer: string }[] = [];
  const seen = new Map<string, number>();
  for (const { line, number, known, problem } of rows) {
    const reading = readNumber(number);
    const peer = peerOf(reading);
    const reason = problem ?? (reading.kind === 'impossible' ? reading.reason : null);
    const first = peer === null ? undefined : seen.get(peer);
    if (reason !== null || peer === null)
      bad.push({ line, reason: `${number === '' ? '' : `“${number}”: `}${reason}` });
    else if (first !== undefined) doubled.push({ line, first, peer });
    else {
      seen.set(peer, line);
      people.push({ line, peer, known });
    }
  }
  return { people, fields, bad: bad.toSorted((a, b) => a.line - b.line), doubled };
}

function peerOf(reading: NumberReading): string | null {
  if (reading.kind === 'impossible') return null;
  return reading.kind === 'number' ? reading.e164 : reading.digits;
}
