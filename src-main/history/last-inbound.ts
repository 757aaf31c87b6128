import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';

/** Ids order in time: none is smaller than its moment times this. */
const idsPerMillisecond = 1_000;

/** When the customer last wrote in a conversation since this moment, milliseconds since 1970; null where they did not. */
export function findLastInbound(db: ReadableDb, threadId: ThreadId, since: number): number | null {
  const row = first<{ at: number }>(
    db,
    sql`SELECT at FROM entries WHERE thread_id = ${threadId} AND id >= ${since * idsPerMillisecond}
        AND direction = 'in' AND kind = 'text' ORDER BY id DESC LIMIT 1`,
  );
  return row?.at ?? null;
}
