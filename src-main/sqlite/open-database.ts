import Database from 'better-sqlite3';

import type { ReadableDb, WritableDb } from './database.ts';

/** Before this version a reset of the write-ahead log could corrupt a file (sqlite.org/wal.html, "WAL-reset bug"). */
const oldestSafeSqlite = [3, 53, 0] as const;

/**
 * Opens a file for its one writer: write-ahead log, and an fsync before every commit returns. The build's default in WAL is
 * NORMAL, which loses acknowledged rows in a power cut, so FULL is set and then asserted.
 */
export function openDatabase(path: string): WritableDb {
  const db = new Database(path, { timeout: 5_000 });
  try {
    setUp(db);
    assertDurable(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db as WritableDb;
}

/** Opens a file a second time for reading alone. */
export function openReader(path: string): ReadableDb {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  return db as unknown as ReadableDb;
}

function setUp(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('secure_delete = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma('wal_autocheckpoint = 1000');
}

function assertDurable(db: Database.Database): void {
  const full = 2;
  if (db.pragma('synchronous', { simple: true }) !== full)
    throw new Error('SQLite does not keep synchronous=FULL');
  const mode = db.pragma('journal_mode', { simple: true });
  if (mode !== 'wal' && mode !== 'memory')
    throw new Error(`SQLite journal is ${String(mode)}, not WAL`);
  const version = String(db.prepare('SELECT sqlite_version()').pluck().get());
  if (isOlder(version.split('.').map(Number), oldestSafeSqlite))
    throw new Error(`SQLite ${version} is too old: 3.53.0 or newer is needed`);
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const differs = than.findIndex((part, index) => (version[index] ?? 0) !== part);
  return differs >= 0 && (version[differs] ?? 0) < (than[differs] ?? 0);
}
