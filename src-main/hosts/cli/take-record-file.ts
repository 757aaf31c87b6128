import { createReadStream } from 'node:fs';

import { listConnections } from '#main/history/connections.ts';
import { takeBilledRows } from '#main/history/take-billed.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import {
  type NamedColumns,
  type RecordField,
  recordFields,
} from '#shared/pricing/record-columns.ts';
import { type ReadRows, RecordReader } from '#shared/pricing/record-reader.ts';
import { BrokenTable } from '#shared/table/csv-reader.ts';

import { type Words, textIn } from './read-words.ts';
import { WrongUse } from './wrong-use.ts';

export type Taking = {
  /** The file, or `-` for standard input. */
  readonly from: string;
  /** Null where there is only one connection to choose. */
  readonly connectionId: string | null;
  readonly columns: NamedColumns;
  readonly dryRun: boolean;
};

export type TakenFile = {
  changed: number;
  unchanged: number;
  /** Rows that could not be read, and rows of which no text is here. */
  unreadable: number;
  unknown: number;
  /** The first hundred of either. */
  readonly refused: { row: number; because: string }[];
};

export const readTaking = (words: Words, from: string): Taking => ({
  from,
  connectionId: textIn(words, 'connection'),
  columns: readColumns(textIn(words, 'columns')),
  dryRun: words.values['dry-run'] === true,
});

/** `id=SID,segments=Parts,price=Cost`, by which a person names the columns. */
function readColumns(written: string | null): NamedColumns {
  const columns: Partial<Record<RecordField, string>> = {};
  for (const part of (written ?? '').split(',').filter(Boolean)) {
    const [asked = '', name = ''] = part.split('=').map((each) => each.trim());
    const field = recordFields.find((each) => each === asked);
    if (field === undefined || name === '')
      throw new WrongUse(
        `--columns must be such as id=SID,segments=Parts,price=Cost; it may name ${recordFields.join(', ')}.`,
      );
    columns[field] = name;
  }
  return columns;
}

/** Rows taken in one transaction: few enough that nobody waits, many enough that a long file is soon read. */
const atOnce = 500;
const mostRefusals = 100;

/**
 * Takes a carrier's record file into the history, a piece at a time. Stopped in the middle it may be taken again: what is known
 * changes nothing.
 */
export async function takeFile(db: WritableDb, taking: Taking): Promise<TakenFile> {
  const connectionId = chooseConnection(db, taking.connectionId);
  const taken: TakenFile = { changed: 0, unchanged: 0, unreadable: 0, unknown: 0, refused: [] };
  const take = ({ rows, refused }: ReadRows): void => {
    taken.unreadable += refused.length;
    keep(taken, refused);
    for (let at = 0; at < rows.length; at += atOnce) {
      const asked = { connectionId, rows: rows.slice(at, at + atOnce), dryRun: taking.dryRun };
      const some = takeBilledRows(db, asked);
      taken.changed += some.changed;
      taken.unchanged += some.unchanged;
      taken.unknown += some.refused.length;
      keep(taken, some.refused);
    }
  };
  const reader = new RecordReader(taking.columns);
  try {
    for await (const piece of open(taking.from)) take(reader.push(piece));
    take(reader.end());
  } catch (error) {
    throw explain(error, taking.from);
  }
  taken.refused.sort((a, b) => a.row - b.row);
  return taken;
}

function keep({ refused }: TakenFile, more: ReadRows['refused']): void {
  refused.push(...more.slice(0, Math.max(0, mostRefusals - refused.length)));
}

function open(from: string): AsyncIterable<string> {
  const stream = from === '-' ? process.stdin : createReadStream(from);
  return stream.setEncoding('utf8') as AsyncIterable<string>;
}

function explain(error: unknown, from: string): unknown {
  if (error instanceof BrokenTable) return new WrongUse(`${from}: ${error.message}`);
  if (error instanceof Error && 'code' in error && 'syscall' in error && error.syscall !== 'write')
    return new WrongUse(`The file ${from} cannot be read: check its name.`);
  return error;
}

function chooseConnection(db: ReadableDb, asked: string | null): string {
  const connections = listConnections(db);
  const [only] = connections;
  if (asked === null && connections.length === 1 && only !== undefined) return only.id;
  const found = connections.find(({ id, label }) => id === asked || label === asked);
  if (found !== undefined) return found.id;
  const names = connections.map(({ id, label }) => `${id} (${label})`).join(', ');
  throw new CommandFailure(
    'bad-input',
    asked === null
      ? 'Say whose records these are with --connection.'
      : `There is no connection ${asked}.`,
    { field: 'connection', cure: `There are: ${names === '' ? 'none yet' : names}.` },
  );
}

/** What became of the file, on standard error, so that standard output holds the differences alone. */
export function tellTaken(taken: TakenFile, dryRun: boolean): void {
  const { changed, unchanged, unreadable, unknown, refused } = taken;
  for (const { row, because } of refused) process.stderr.write(`row ${row}: ${because}\n`);
  const rest = unreadable + unknown - refused.length;
  if (rest > 0) process.stderr.write(`and ${rest} more rows.\n`);
  const would = dryRun ? 'would be taken' : 'taken';
  process.stderr.write(
    `${changed} rows ${would}, ${unchanged} known already, ${unknown} of texts that are not here, ${unreadable} unreadable.\n`,
  );
}
