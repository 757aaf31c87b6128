import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { ConsentFacts } from '#shared/compliance/judge-consent.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import { readConsentState } from './consent-ledger.ts';

/* One look into each line's index, however many conversations there are. */
const threadsOf = (number: string): Sql =>
  sql`SELECT threads.id FROM lines CROSS JOIN threads ON threads.line_id = lines.id AND threads.peer = ${number}`;

/** Every conversation with this number, on whatever line. */
export function listThreadsOf(db: ReadableDb, number: string): ThreadId[] {
  return all<{ id: ThreadId }>(db, threadsOf(number)).map(({ id }) => id);
}

/** What the judge needs to know of a number's consent for a text over this line of ours. */
export function consentFacts(
  db: ReadableDb,
  { number, line, now }: { readonly number: string; readonly line: string; readonly now: number },
): ConsentFacts {
  return {
    state: readConsentState(db, number, { now, place: { line } }),
    hasWritten: has(db, number, sql`direction = 'in'`),
    wasTexted: has(
      db,
      number,
      sql`direction = 'out' AND kind = 'text' AND state IN ('accepted', 'sent', 'delivered')`,
    ),
  };
}

const has = (db: ReadableDb, number: string, what: Sql): boolean =>
  first(
    db,
    sql`SELECT 1 FROM entries WHERE thread_id IN (${threadsOf(number)}) AND ${what} LIMIT 1`,
  ) !== undefined;

/** Has everything that waits for this number judged anew at once: its consent changed. */
export function releaseNumber(db: WritableDb, number: string, now: number): void {
  run(
    db,
    sql`UPDATE outbox SET not_before = ${now} WHERE state = 'queued' AND hold_reason IS NOT NULL
        AND thread_id IN (${threadsOf(number)})`,
  );
}
