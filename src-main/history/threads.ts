import { type ReadableDb, type WritableDb, first, run, runOne } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import { type Thread, previewSchema } from '#shared/message/thread.ts';

import { fromBlob, newUid, toBlob } from './uid.ts';

export type ThreadRow = {
  id: ThreadId;
  uid: Uint8Array;
  line_id: LineId;
  peer: string;
  name: string | null;
  last_at: number;
  preview: string | null;
  unread: number;
  done: number;
  draft: string;
  assignee: string | null;
};

/** The columns a {@link ThreadRow} is read from. */
export const threadColumns: Sql = sql`threads.id, threads.uid, line_id, peer, name, last_at, preview, unread, done, draft, assignee`;

export const threadFromRow = (row: ThreadRow): Thread => ({
  id: row.id,
  uid: fromBlob(row.uid),
  lineId: row.line_id,
  peer: row.peer,
  name: row.name,
  lastAt: row.last_at,
  preview: row.preview === null ? null : previewSchema.parse(JSON.parse(row.preview)),
  unread: row.unread,
  done: row.done === 1,
  draft: row.draft,
  assignee: row.assignee,
});

export function findThread(db: ReadableDb, id: ThreadId): Thread | undefined {
  const row = first<ThreadRow>(db, sql`SELECT ${threadColumns} FROM threads WHERE id = ${id}`);
  return row && threadFromRow(row);
}

/** Who a thread is with: one of our lines and one of their numbers. */
export type ThreadKey = { readonly lineId: LineId; readonly peer: string };

export function findThreadByKey(db: ReadableDb, key: ThreadKey): Thread | undefined {
  const row = first<ThreadRow>(
    db,
    sql`SELECT ${threadColumns} FROM threads WHERE line_id = ${key.lineId} AND peer = ${key.peer}`,
  );
  return row && threadFromRow(row);
}

/** The thread of these two numbers, begun now if it is new. */
export function findOrStartThread(db: WritableDb, key: ThreadKey, now: number): ThreadId {
  run(
    db,
    sql`INSERT INTO threads (uid, line_id, peer, last_at) VALUES (${toBlob(newUid(now))}, ${key.lineId}, ${key.peer}, ${now})
        ON CONFLICT (line_id, peer) DO NOTHING`,
  );
  const thread = findThreadByKey(db, key);
  if (thread === undefined) throw new Error('the thread just begun is not there');
  return thread.id;
}

export function saveDraft(db: WritableDb, id: ThreadId, text: string): void {
  runOne(db, sql`UPDATE threads SET draft = ${text} WHERE id = ${id}`);
}

export function setDone(db: WritableDb, id: ThreadId, done: boolean): void {
  runOne(db, sql`UPDATE threads SET done = ${done ? 1 : 0} WHERE id = ${id}`);
}

/** Nobody waits for an answer any more. */
export function setAnswered(db: WritableDb, id: ThreadId): void {
  runOne(db, sql`UPDATE threads SET awaits_reply = 0 WHERE id = ${id}`);
}

/** Gives the conversation to a desktop of the team; null gives it back to all. */
export function setAssignee(db: WritableDb, id: ThreadId, to: string | null): void {
  runOne(db, sql`UPDATE threads SET assignee = ${to} WHERE id = ${id}`);
}

/** Did a text of ours go into this conversation before this one, or ever where none is named? */
export function hasTextOut(db: ReadableDb, id: ThreadId, before: EntryId | null): boolean {
  const earlier = before === null ? sql`` : sql`AND id < ${before}`;
  return (
    first(
      db,
      sql`SELECT 1 FROM entries WHERE thread_id = ${id} ${earlier}
          AND direction = 'out' AND kind = 'text' LIMIT 1`,
    ) !== undefined
  );
}

/** Notes the number in the team's log of what came in, on its thread; nothing for what did not come in. */
export function noteLastIn(db: WritableDb, entryId: EntryId, seq: number): void {
  run(
    db,
    sql`UPDATE threads SET last_in_seq = max(last_in_seq, ${seq}) WHERE id = (
          SELECT entries.thread_id FROM inbound_ids JOIN entries ON entries.id = inbound_ids.entry_id
          WHERE inbound_ids.entry_id = ${entryId})`,
  );
}

/** The number in the team's log of the last thing that came in; 0 where nothing did. */
export function findLastIn(db: ReadableDb, id: ThreadId): number {
  return (
    first<{ seq: number }>(db, sql`SELECT last_in_seq AS seq FROM threads WHERE id = ${id}`)?.seq ??
    0
  );
}
