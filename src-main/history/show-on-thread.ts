import { type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Entry, TextEntry } from '#shared/message/entry.ts';
import type { Preview } from '#shared/message/thread.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

import { findEntry } from './entries.ts';

const longestPreview = 160;

/** What the list shows of an entry. */
export function previewOf(entry: Entry): Preview {
  const { kind, direction } = entry;
  return {
    kind,
    direction,
    text: 'text' in entry ? beginningOf(entry.text) : '',
    seconds: 'seconds' in entry ? entry.seconds : null,
    outcome: kind === 'call' ? entry.outcome : null,
    hasMedia: 'media' in entry && entry.media.length > 0,
    ...(kind === 'text' ? standingOf(entry) : { state: null, failure: null }),
  };
}

const standingOf = ({ state, failure }: TextEntry): Pick<Preview, 'state' | 'failure'> => ({
  state,
  failure: failure === null ? null : failureMeanings[failure.kind].short,
});

/* Never half a character: a cut pair would show as a mark of its own. */
const beginningOf = (text: string): string =>
  text.slice(0, longestPreview).replace(/[\ud800-\udbff]$/, '');

/** Shows a new entry as the newest of its thread: preview, unread, open again, and who is to answer. */
export function showNewEntry(db: WritableDb, entry: Entry): void {
  const incoming = entry.direction === 'in' ? 1 : 0;
  const preview = JSON.stringify(previewOf(entry));
  const lastOut = entry.kind === 'text' && incoming === 0 ? entry.id : null;
  run(
    db,
    sql`UPDATE threads SET last_at = max(last_at, ${entry.at}), preview = ${preview}, unread = unread + ${incoming}, done = 0,
        awaits_reply = ${incoming}, last_out = coalesce(${lastOut}, last_out),
        failed = CASE WHEN ${lastOut} IS NULL THEN failed ELSE 0 END
        WHERE id = ${entry.threadId}`,
  );
}

/** Shows a note as the newest of its thread. It answers nobody and opens nothing again, so all else stays. */
export function showNote(db: WritableDb, note: Entry): void {
  const preview = JSON.stringify(previewOf(note));
  run(
    db,
    sql`UPDATE threads SET last_at = max(last_at, ${note.at}), preview = ${preview} WHERE id = ${note.threadId}`,
  );
}

/**
 * Shows an entry that took its place in time: as the newest where it is that, otherwise nothing of it but, where asked for,
 * that it is unread.
 */
export function showEntryInTime(db: WritableDb, entry: Entry, unread: boolean): void {
  const later = first(
    db,
    sql`SELECT 1 FROM entries WHERE thread_id = ${entry.threadId} AND id > ${entry.id} LIMIT 1`,
  );
  if (later === undefined) showNewEntry(db, entry);
  const counted = later === undefined && entry.direction === 'in' ? 1 : 0;
  const wanted = unread && entry.direction === 'in' ? 1 : 0;
  if (counted !== wanted) {
    run(
      db,
      sql`UPDATE threads SET unread = unread + ${wanted - counted} WHERE id = ${entry.threadId}`,
    );
  }
}

/** Shows the changed state of an entry on its thread, where it is the newest there or the newest out. */
export function showChangedEntry(db: WritableDb, entryId: Entry['id']): void {
  const entry = findEntry(db, entryId);
  if (entry?.kind !== 'text') return;
  const newest = first<{ id: number }>(
    db,
    sql`SELECT max(id) AS id FROM entries WHERE thread_id = ${entry.threadId}`,
  );
  if (newest?.id === entry.id) {
    run(
      db,
      sql`UPDATE threads SET preview = ${JSON.stringify(previewOf(entry))} WHERE id = ${entry.threadId}`,
    );
  }
  const failed = entry.state === 'failed' || entry.undecided ? 1 : 0;
  run(
    db,
    sql`UPDATE threads SET failed = ${failed} WHERE id = ${entry.threadId} AND last_out = ${entry.id}`,
  );
}
