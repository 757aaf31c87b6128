import type Database from 'better-sqlite3';

import type { Sql } from './sql.ts';

/** A handle that reads. A query that writes takes a {@link WritableDb}, so it cannot be handed a reader. */
export type ReadableDb = Database.Database & { readonly readable: unique symbol };
/** The one handle that writes a file. */
export type WritableDb = ReadableDb & { readonly writable: unique symbol };

const prepared = new WeakMap<ReadableDb, Map<string, Database.Statement>>();

function prepare(db: ReadableDb, text: string): Database.Statement {
  const known = prepared.get(db) ?? new Map<string, Database.Statement>();
  prepared.set(db, known);
  const statement = known.get(text) ?? db.prepare(text);
  known.set(text, statement);
  return statement;
}

/** Every row of a query. `Row` is the caller's word for the columns. */
export function all<Row>(db: ReadableDb, query: Sql): Row[] {
  return prepare(db, query.text).all(...query.values) as Row[];
}

/** The first row of a query, or undefined. */
export function first<Row>(db: ReadableDb, query: Sql): Row | undefined {
  return prepare(db, query.text).get(...query.values) as Row | undefined;
}

/** The rows of a query one at a time, for reads that do not fit memory. */
export function each<Row>(db: ReadableDb, query: Sql): IterableIterator<Row> {
  return prepare(db, query.text).iterate(...query.values) as IterableIterator<Row>;
}

/** Runs a statement that writes; returns how many rows it changed. */
export function run(db: WritableDb, statement: Sql): number {
  return prepare(db, statement.text).run(...statement.values).changes;
}

/** Runs a statement that must change exactly one row, and throws where it changed another number. */
export function runOne(db: WritableDb, statement: Sql): void {
  const changes = run(db, statement);
  if (changes !== 1) throw new Error(`expected to change one row, changed ${changes}`);
}

/** Runs `deed` in one transaction: all of it is durable when this returns, or none of it happened. */
export function transact<Result>(db: WritableDb, deed: () => Result): Result {
  return db.inTransaction ? deed() : db.transaction(deed).immediate();
}

/** Runs `deed` so that nothing of it stays where it throws, also within a transaction that then goes on. */
export function attempt<Result>(db: WritableDb, deed: () => Result): Result {
  return db.inTransaction ? db.transaction(deed)() : transact(db, deed);
}
