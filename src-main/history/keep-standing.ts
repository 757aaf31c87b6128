import { type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import type { ThreadKey } from './threads.ts';

type Standing = { readonly done: number; readonly awaits_reply: number; readonly draft: string };

/** A conversation that begins with what nobody is to answer is done with. */
const settled: Standing = { done: 1, awaits_reply: 0, draft: '' };

/**
 * Does something to a conversation that is no news to anybody: it stays as done and as unanswered as it was,
 * and keeps its draft. Call it in a transaction.
 */
export function keepStanding<Result>(db: WritableDb, key: ThreadKey, deed: () => Result): Result {
  const before =
    first<Standing>(
      db,
      sql`SELECT CASE WHEN preview IS NULL THEN 1 ELSE done END AS done, awaits_reply, draft FROM threads
          WHERE line_id = ${key.lineId} AND peer = ${key.peer}`,
    ) ?? settled;
  const result = deed();
  run(
    db,
    sql`UPDATE threads SET done = ${before.done}, awaits_reply = ${before.awaits_reply},
          draft = ${before.draft}
        WHERE line_id = ${key.lineId} AND peer = ${key.peer}`,
  );
  return result;
}
