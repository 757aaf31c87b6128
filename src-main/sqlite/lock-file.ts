import Database from 'better-sqlite3';

/** Another process holds the lock. */
export class LockedElsewhere extends Error {
  override readonly name = 'LockedElsewhere';
}

/**
 * Takes a lock that the operating system gives back when this process ends, however it ends.
 * @returns the way to release it
 * @throws {LockedElsewhere}
 */
export function takeLock(path: string): () => void {
  const db = new Database(path, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw busy ? new LockedElsewhere(path) : error;
  }
  return () => db.close();
}
