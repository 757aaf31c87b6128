import { randomUUID } from 'node:crypto';

import { run, transact, type WritableDb } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';

import { LogFailure } from './delivery-log.ts';
import { describeStorageError } from './storage-error.ts';

const steps = [createTables, countPerLine];

/** Opens the file of a log, making its tables in a new one. Throws {@link LogFailure}. */
export function openLogFile(path: string): WritableDb {
  const db = open(path);
  try {
    bringUpToDate(db, layoutOf(db, path));
    return db;
  } catch (error) {
    db.close();
    throw error instanceof LogFailure ? error : describeStorageError(error);
  }
}

/**
 * Opens the file again after its disk failed. After a failed fsync the system may call pages clean that never reached the
 * disk, and a commit that was refused may still stand in the write-ahead log: writing the whole log into the file once more,
 * with an fsync of its own, makes what will be answered from it durable.
 */
export function reopenLogFile(path: string): WritableDb {
  const db = openLogFile(path);
  try {
    writeThrough(db);
    assertSound(db, path);
    return db;
  } catch (error) {
    closeQuietly(db);
    throw error instanceof LogFailure ? error : describeStorageError(error);
  }
}

/** Closes a connection of which nothing more is expected. */
export function closeQuietly(db: WritableDb): void {
  try {
    db.close();
  } catch {
    // Its disk has failed already, and that has been told.
  }
}

/** Moves the write-ahead log into the file and empties it, so that what was deleted leaves the disk. */
export function writeThrough(db: WritableDb): void {
  const [outcome] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (outcome?.busy !== 0)
    throw new LogFailure('busy', 'Another program is reading the log of deliveries.');
}

function open(path: string): WritableDb {
  try {
    return openDatabase(path);
  } catch (error) {
    throw describeStorageError(error);
  }
}

function layoutOf(db: WritableDb, path: string): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  if (found > steps.length)
    throw new LogFailure('newer', `${path} was written by a newer Trunkline: update this one.`);
  return found;
}

/** Each step is a transaction with its number inside, so a kill between two leaves a whole, older file. */
function bringUpToDate(db: WritableDb, found: number): void {
  for (const [index, step] of steps.entries()) {
    if (index < found) continue;
    transact(db, () => {
      step(db);
      db.pragma(`user_version = ${index + 1}`);
    });
  }
}

function assertSound(db: WritableDb, path: string): void {
  const verdict = db.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok')
    throw new LogFailure('corrupt', `${path} is damaged: move it aside and start again.`);
}

/** `received_at` stands before the payload, so that finding what is old reads no body. A trimmed row keeps number and key. */
function createTables(db: WritableDb): void {
  db.exec(`
    CREATE TABLE delivery (
      seq INTEGER PRIMARY KEY,
      received_at INTEGER NOT NULL,
      key BLOB NOT NULL UNIQUE,
      provider TEXT NOT NULL,
      connection_id TEXT NOT NULL,
      method TEXT NOT NULL,
      url TEXT NOT NULL,
      headers TEXT NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE log (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      id TEXT NOT NULL,
      trimmed_through INTEGER NOT NULL,
      probes INTEGER NOT NULL DEFAULT 0
    ) STRICT;
  `);
  run(db, sql`INSERT INTO log (only, id, trimmed_through) VALUES (1, ${randomUUID()}, 0)`);
}

/** What a file of the first layout holds stays uncounted: counting begins at 1 with the next delivery. */
function countPerLine(db: WritableDb): void {
  db.exec(`
    ALTER TABLE delivery ADD COLUMN line TEXT;
    ALTER TABLE delivery ADD COLUMN line_count INTEGER;
    CREATE TABLE line_count (
      connection_id TEXT NOT NULL,
      number TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (connection_id, number)
    ) STRICT, WITHOUT ROWID;
  `);
}
