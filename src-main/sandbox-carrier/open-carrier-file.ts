import type { WritableDb } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';

const version = 1;

/**
 * Opens the carrier's own file, making it if missing.
 * @param path of the file, or `:memory:`
 * @throws where the file was made by something else
 */
export function openCarrierFile(path: string): WritableDb {
  const db = openDatabase(path);
  try {
    prepare(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function prepare(db: WritableDb): void {
  const found = Number(db.pragma('user_version', { simple: true }));
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (found === version) return;
  if (found !== 0 || tables > 0)
    throw new Error(
      'dataFile is not a file of this sandbox carrier: name a file that does not exist yet',
    );
  db.transaction(() => {
    db.exec(schema);
    db.pragma(`user_version = ${version}`);
  }).immediate();
}

/**
 * `held`: 1 while the receipts of a text wait for it to be listed. `next_try_at`: when a callback is posted next; null once
 * it was taken or given up. All times are milliseconds since 1970.
 */
const schema = `
  CREATE TABLE message (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    text TEXT NOT NULL,
    media_urls TEXT NOT NULL,
    turn INTEGER NOT NULL,
    held INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX message_by_pair ON message (sender, recipient, created_at);
  CREATE INDEX message_by_reference ON message (reference);
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    message_id TEXT NOT NULL REFERENCES message (id),
    pair TEXT NOT NULL,
    detail TEXT NOT NULL,
    status TEXT,
    media TEXT,
    happens_at INTEGER NOT NULL,
    next_try_at INTEGER,
    tries INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX event_to_post ON event (next_try_at, seq) WHERE next_try_at IS NOT NULL;
  CREATE INDEX event_of_pair ON event (pair, next_try_at, seq) WHERE next_try_at IS NOT NULL;
  CREATE INDEX event_of_message ON event (message_id);
  CREATE INDEX event_by_media ON event (media) WHERE media IS NOT NULL;
  CREATE TABLE busy (reference TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT;
`;
