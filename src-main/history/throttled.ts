import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

/** Does this text already wait for a limit? */
export function wasThrottled(db: ReadableDb, entryId: EntryId): boolean {
  const row = first(
    db,
    sql`SELECT 1 FROM outbox WHERE entry_id = ${entryId} AND hold_reason = 'throughput' AND throttled_by IS NOT NULL`,
  );
  return row !== undefined;
}

/** When the last of those is due that wait in the same queue, milliseconds since 1970; null where none waits. */
export function lastThrottledSlot(db: ReadableDb, queue: string): number | null {
  const row = first<{ at: number | null }>(
    db,
    sql`SELECT max(not_before) AS at FROM outbox
        WHERE throttled_by = ${queue} AND state = 'queued' AND hold_reason = 'throughput'`,
  );
  return row?.at ?? null;
}

/** Notes in which queue a text waits. */
export function noteThrottled(db: WritableDb, entryId: EntryId, queue: string): void {
  run(db, sql`UPDATE outbox SET throttled_by = ${queue} WHERE entry_id = ${entryId}`);
}

/** Has everything that waits for a limit looked at again: the clock was set back, or a limit was changed. */
export function releaseThrottled(db: WritableDb, now: number): void {
  run(
    db,
    sql`UPDATE outbox SET not_before = ${now} WHERE state = 'queued' AND not_before > ${now}
        AND hold_reason IN ('throughput', 'daily-cap')`,
  );
}
