import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

import type { Change } from './announce.ts';
import { type Attempt, findAttemptByProviderId } from './attempts.ts';
import { compareBilled } from './billing.ts';
import { findEntry } from './entries.ts';
import { showAfterRemoval } from './show-on-thread.ts';

/**
 * A text of this connection turns out to be the one that stands under this id of the carrier's. Where the carrier's list had
 * been all that told of it, what was learnt there becomes the text's, and the entry made for it goes: it was the same text.
 * Call it in a transaction, before the id is given to the text.
 */
export function absorb(
  db: WritableDb,
  text: Attempt & { readonly connectionId: string },
  providerId: string,
): Change[] {
  const listed = findAttemptByProviderId(db, text.connectionId, providerId);
  if (listed === undefined || listed.entryId === text.entryId) return [];
  const entry = findEntry(db, listed.entryId);
  if (entry === undefined || isOurs(db, entry.id)) return [];
  run(
    db,
    sql`UPDATE receipts SET entry_id = ${text.entryId}, attempt = ${text.attempt} WHERE entry_id = ${entry.id}`,
  );
  run(
    db,
    sql`UPDATE OR IGNORE billing SET entry_id = ${text.entryId} WHERE entry_id = ${entry.id}`,
  );
  compareBilled(db, text.entryId);
  for (const table of [sql`billing`, sql`attempts`, sql`media`])
    run(db, sql`DELETE FROM ${table} WHERE entry_id = ${entry.id}`);
  run(db, sql`DELETE FROM entries WHERE id = ${entry.id}`);
  run(db, sql`DELETE FROM entry_search WHERE rowid = ${entry.id}`);
  showAfterRemoval(db, entry);
  return [{ kind: 'entry-removed', entryId: entry.id, threadId: entry.threadId }];
}

/* What was written on a desktop has a receipt of its own; what only the list told has none. */
const isOurs = (db: ReadableDb, entryId: EntryId): boolean =>
  first(db, sql`SELECT 1 FROM receipts WHERE entry_id = ${entryId} AND source = 'own'`) !==
  undefined;
