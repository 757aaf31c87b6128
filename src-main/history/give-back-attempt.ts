import { type WritableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import type { Attempt } from './attempts.ts';
import { giveBackText } from './spend-text.ts';
import { weighEntry } from './weigh-entry.ts';

/** The carrier certainly took nothing of this attempt: the day it was made on gets its segments back. Call it once for each. */
export function giveBackAttempt(db: WritableDb, { entryId, attempt }: Attempt): void {
  const made = first<{ at: number }>(
    db,
    sql`SELECT started_at AS at FROM attempts WHERE entry_id = ${entryId} AND attempt = ${attempt}`,
  );
  const text = weighEntry(db, entryId);
  if (made !== undefined && text !== undefined) giveBackText(db, text, made.at);
}
