import Database from 'better-sqlite3';

/** What the disk under a database refuses to do, as far as a person can act on it. */
export type StorageTrouble = 'full' | 'read-only' | 'broken' | 'busy';

const troubles: readonly (readonly [string, StorageTrouble])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['SQLITE_IOERR', 'broken'],
  ['SQLITE_CORRUPT', 'broken'],
  ['SQLITE_NOTADB', 'broken'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
];

/** Which trouble of the disk an error tells of; null where it is none, but a fault of the program. */
export function storageTroubleOf(error: unknown): StorageTrouble | null {
  if (!(error instanceof Database.SqliteError)) return null;
  return troubles.find(([code]) => error.code.startsWith(code))?.[1] ?? null;
}
