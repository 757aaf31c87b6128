import { type WritableDb, all, first, run, runOne } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Entry, EntryId, ThreadId } from '#shared/message/entry.ts';

import { fromBlob, toBlob } from './uid.ts';

/* What colleagues tell must not reach a conversation of this desktop alone. */
const isTeams = (
  threadId: ThreadId,
): Sql => sql`EXISTS (SELECT 1 FROM threads JOIN lines ON lines.id = threads.line_id
  JOIN connections ON connections.id = lines.connection_id WHERE threads.id = ${threadId} AND origin = 'team')`;

/** Counts an entry that came in as unread, unless another desktop had told that it was read. */
export function addUnread(db: WritableDb, entry: Pick<Entry, 'id' | 'threadId' | 'uid'>): void {
  const { uid, threadId } = entry;
  const ahead = sql`DELETE FROM read_ahead WHERE uid = ${toBlob(uid)} AND ${isTeams(threadId)}`;
  if (run(db, ahead) === 1) return;
  const added = run(
    db,
    sql`INSERT INTO unread (thread_id, entry_id) VALUES (${entry.threadId}, ${entry.id}) ON CONFLICT DO NOTHING`,
  );
  // Counting anew would cost more with every text of a conversation that nobody reads.
  runOne(db, sql`UPDATE threads SET unread = unread + ${added} WHERE id = ${entry.threadId}`);
}

/** Marks everything up to this entry as read. Returns the uids of what was unread till then, oldest first. */
export function markRead(db: WritableDb, threadId: ThreadId, upTo: number): string[] {
  const rows = all<{ uid: Uint8Array }>(
    db,
    sql`SELECT entries.uid FROM unread
        JOIN entries ON entries.thread_id = unread.thread_id AND entries.id = unread.entry_id
        WHERE unread.thread_id = ${threadId} AND unread.entry_id <= ${upTo} ORDER BY unread.entry_id`,
  );
  run(db, sql`DELETE FROM unread WHERE thread_id = ${threadId} AND entry_id <= ${upTo}`);
  countAnew(db, threadId);
  return rows.map(({ uid }) => fromBlob(uid));
}

/** Marks these as read in conversations of the team, those too that have yet to come. Returns the conversations in which that changed something. */
export function markReadByUid(db: WritableDb, uids: readonly string[]): ThreadId[] {
  const changed = uids.map((uid) => readOne(db, uid)).filter((id) => id !== null);
  const threads = [...new Set(changed)];
  for (const id of threads) countAnew(db, id);
  return threads;
}

function readOne(db: WritableDb, uid: string): ThreadId | null {
  const row = first<{ id: EntryId; threadId: ThreadId }>(
    db,
    sql`SELECT id, thread_id AS threadId FROM entries WHERE uid = ${toBlob(uid)}`,
  );
  if (row === undefined) {
    run(db, sql`INSERT INTO read_ahead (uid) VALUES (${toBlob(uid)}) ON CONFLICT DO NOTHING`);
    return null;
  }
  const { id, threadId } = row;
  const was = run(
    db,
    sql`DELETE FROM unread WHERE thread_id = ${threadId} AND entry_id = ${id} AND ${isTeams(threadId)}`,
  );
  return was === 1 ? threadId : null;
}

const countAnew = (db: WritableDb, threadId: ThreadId): void =>
  runOne(
    db,
    sql`UPDATE threads SET unread = (SELECT count(*) FROM unread WHERE thread_id = ${threadId}) WHERE id = ${threadId}`,
  );
