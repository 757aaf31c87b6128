import { type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Waiting } from '#shared/compliance/verdict.ts';
import type { Entry, TextEntry } from '#shared/message/entry.ts';
import type { Preview } from '#shared/message/thread.ts';
import { failureShortly, isUnsent } from '#shared/provider/send-failure.ts';

import { findEntry } from './entries.ts';

const longestPreview = 160;

/** What the list shows of an entry. */
export function previewOf(entry: Entry): Preview {
  const { kind, direction } = entry;
  return {
    kind,
    direction,
    ...('author' in entry && entry.author !== null ? { author: entry.author } : {}),
    text: 'text' in entry ? beginningOf(entry.text) : '',
    seconds: 'seconds' in entry ? entry.seconds : null,
    outcome: kind === 'call' ? entry.outcome : null,
    hasMedia: 'media' in entry && entry.media.length > 0,
    ...(kind === 'text' ? standingOf(entry) : { state: null, failure: null }),
  };
}

const standingOf = ({
  state,
  failure,
  waiting,
}: TextEntry): Pick<Preview, 'state' | 'failure' | 'isUnsent' | 'waiting'> => ({
  state,
  failure: failure === null ? null : failureShortly(failure),
  ...(isUnsent(failure) ? { isUnsent: true } : {}),
  ...(waiting ? { waiting: shortly(waiting) } : {}),
});

const shortly = ({ reason, until, theirTime }: Waiting): Preview['waiting'] => ({
  reason,
  until,
  theirTime,
});

/* Never half a character: a cut pair would show as a mark of its own. */
const beginningOf = (text: string): string =>
  text.slice(0, longestPreview).replace(/[\ud800-\udbff]$/, '');

/** Shows a new entry as the newest of its thread: preview, open again, and who is to answer. */
export function showNewEntry(db: WritableDb, entry: Entry): void {
  const incoming = entry.direction === 'in' ? 1 : 0;
  const preview = JSON.stringify(previewOf(entry));
  const lastOut = entry.kind === 'text' && incoming === 0 ? entry.id : null;
  run(
    db,
    sql`UPDATE threads SET last_at = max(last_at, ${entry.at}), preview = ${preview}, done = 0,
        awaits_reply = ${incoming}, last_out = coalesce(${lastOut}, last_out),
        failed = CASE WHEN ${lastOut} IS NULL THEN failed ELSE 0 END
        WHERE id = ${entry.threadId}`,
  );
}

/** Opens the thread of something that came in again, as its news would have. */
export function openAgain(db: WritableDb, { threadId, direction }: Entry): void {
  const incoming = direction === 'in' ? 1 : 0;
  run(db, sql`UPDATE threads SET done = 0, awaits_reply = ${incoming} WHERE id = ${threadId}`);
}

/**
 * Shows an entry as the newest of its thread, and nothing else of it: a note answers nobody and opens nothing again, and of a
 * colleague's text the rest is folded in the order of the log.
 */
export function showNewest(db: WritableDb, entry: Entry): void {
  const preview = JSON.stringify(previewOf(entry));
  run(
    db,
    sql`UPDATE threads SET last_at = max(last_at, ${entry.at}), preview = ${preview} WHERE id = ${entry.threadId}`,
  );
}

/**
 * Shows an entry that took its place in time: as the newest where it is that, otherwise not at all. `show` says how much of
 * it: what may turn out to be a colleague's text answers nobody until the log has said so.
 */
export function showEntryInTime(
  db: WritableDb,
  entry: Entry,
  show: typeof showNewest = showNewEntry,
): void {
  const later = first(
    db,
    sql`SELECT 1 FROM entries WHERE thread_id = ${entry.threadId} AND id > ${entry.id} LIMIT 1`,
  );
  if (later === undefined) show(db, entry);
}

/** Shows what is the newest in a thread, and the newest out, now that this entry is gone. */
export function showAfterRemoval(db: WritableDb, { threadId, id }: Entry): void {
  const newest = first<{ id: Entry['id'] | null }>(
    db,
    sql`SELECT max(id) AS id FROM entries WHERE thread_id = ${threadId}`,
  )?.id;
  const entry = newest && findEntry(db, newest);
  const preview = entry ? JSON.stringify(previewOf(entry)) : null;
  run(db, sql`UPDATE threads SET preview = ${preview} WHERE id = ${threadId}`);
  run(
    db,
    sql`UPDATE threads SET last_out = (SELECT max(id) FROM entries
          WHERE thread_id = ${threadId} AND direction = 'out' AND kind = 'text')
        WHERE id = ${threadId} AND last_out = ${id}`,
  );
}

/** Makes a text the last one out of its thread, which shows whether that one failed. */
export function showAsLastOut(db: WritableDb, entry: TextEntry): void {
  const { id, threadId } = entry;
  const failed = isTrouble(entry) ? 1 : 0;
  run(db, sql`UPDATE threads SET last_out = ${id}, failed = ${failed} WHERE id = ${threadId}`);
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
  const failed = isTrouble(entry) ? 1 : 0;
  run(
    db,
    sql`UPDATE threads SET failed = ${failed} WHERE id = ${entry.threadId} AND last_out = ${entry.id}`,
  );
}

/* What was taken back on purpose waits for nobody. */
const isTrouble = ({ state, failure, undecided }: TextEntry): boolean =>
  undecided || (state === 'failed' && failure?.kind !== 'cancelled');
