import { type WritableDb, run, runOne } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Waiting } from '#shared/compliance/verdict.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';

/** The last moment a date can name: a text that waits for something without a time waits until somebody releases it. */
const someDay = 8_640_000_000_000_000;

/** Holds a queued text back and says why. Where its end is known it is looked at again then. */
export function holdText(db: WritableDb, entryId: EntryId, waiting: Waiting): void {
  runOne(
    db,
    sql`UPDATE outbox SET not_before = ${waiting.until ?? someDay}, hold_reason = ${waiting.reason},
        hold_until = ${waiting.until}, hold_their_time = ${waiting.theirTime}, hold_because = ${waiting.because},
        hold_cure = ${waiting.cure}, hold_who = ${waiting.who} WHERE entry_id = ${entryId} AND state = 'queued'`,
  );
}

/** Has a held text looked at again at once. It stays held until it was, so that it never shows as free meanwhile. */
export function releaseText(db: WritableDb, entryId: EntryId, now: number): void {
  run(
    db,
    sql`UPDATE outbox SET not_before = ${now}
        WHERE entry_id = ${entryId} AND state = 'queued' AND hold_reason IS NOT NULL`,
  );
}

/** The same for every held text of a line: its policy changed. */
export function releaseLine(db: WritableDb, lineId: LineId, now: number): void {
  run(
    db,
    sql`UPDATE outbox SET not_before = ${now} WHERE state = 'queued' AND hold_reason IS NOT NULL
        AND thread_id IN (SELECT id FROM threads WHERE line_id = ${lineId})`,
  );
}
