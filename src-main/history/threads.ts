import { type ReadableDb, type WritableDb, first, run, runOne } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
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

/** Gives the conversation to a desktop of the team; null gives it back to all. */
export function setAssignee(db: WritableDb, id: ThreadId, to: string | null): void {
  runOne(db, sql`UPDATE threads SET assignee = ${to} WHERE id = ${id}`);
}

/** Counts as unread only what came in after `upTo`; never more than was unread before. */
export function markRead(db: WritableDb, id: ThreadId, upTo: number): void {
  runOne(
    db,
    sql`UPDATE threads SET unread = min(unread,
          (SELECT count(*) FROM entries WHERE thread_id = ${id} AND id > ${upTo} AND direction = 'in'))
        WHERE id = ${id}`,
  );
}
