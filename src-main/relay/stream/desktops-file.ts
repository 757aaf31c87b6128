import { randomUUID } from 'node:crypto';

import { run, transact, type WritableDb } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';

import { RelayFailure } from '../relay-failure.ts';

const layout = 1;

/**
 * Opens the file of a workspace's paired desktops, making its tables in a new one. A running relay and the command line may have
 * it open at the same time. Throws {@link RelayFailure}.
 */
export function openDesktopsFile(path: string): WritableDb {
  const db = open(path);
  try {
    transact(db, () => prepare(db, path));
    return db;
  } catch (error) {
    db.close();
    throw error instanceof RelayFailure ? error : unusable(path, error);
  }
}

function open(path: string): WritableDb {
  try {
    return openDatabase(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): RelayFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
  return new RelayFailure(
    `The list of desktops in ${path} cannot be used (${code}): free its disk, or allow writing to it.`,
    { cause: error },
  );
}

/** Looks within the transaction, so that of two programs that make the file at once one finds it made. */
function prepare(db: WritableDb, path: string): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > layout)
    throw new RelayFailure(`${path} was written by a newer Trunkline: update this one.`);
  if (found === 0) createTables(db);
}

/** Of a code only its digest is kept. A desktop's key is its public one, as base64url. */
function createTables(db: WritableDb): void {
  db.exec(`
    CREATE TABLE relay (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      id TEXT NOT NULL
    ) STRICT;
    CREATE TABLE desktop (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      public_key TEXT NOT NULL,
      paired_at INTEGER NOT NULL,
      revoked_at INTEGER,
      seen_at INTEGER,
      acknowledged_log TEXT,
      acknowledged_seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE code (
      digest BLOB PRIMARY KEY,
      expires_at INTEGER NOT NULL
    ) STRICT;
    PRAGMA user_version = ${layout};
  `);
  run(db, sql`INSERT INTO relay (only, id) VALUES (1, ${randomUUID()})`);
}
