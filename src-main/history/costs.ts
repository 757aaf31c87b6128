import { type ReadableDb, all, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';

import { dayOf } from './usage.ts';

/** Texts out of one line and one day that are priced in the same way. Money in millionths of `currency`. */
export type Spent = {
  readonly lineId: LineId;
  readonly isMms: boolean;
  readonly texts: number;
  readonly segments: number;
  /** Null where the carrier told no price of these. */
  readonly currency: string | null;
  readonly billed: number;
};

type Row = Omit<Spent, 'isMms'> & { isMms: number };

/* A text that failed counts where a carrier had given it an id, because carriers charge for handing on, not for arriving. */
const taken = sql`entries.kind = 'text' AND entries.direction = 'out'
  AND (entries.state IN ('accepted', 'sent', 'delivered')
    OR EXISTS (SELECT 1 FROM attempts WHERE attempts.entry_id = entries.id AND provider_id IS NOT NULL))`;

const sums = sql`threads.line_id AS lineId, entries.has_media AS isMms, count(*) AS texts,
  sum(entries.segments) AS segments, iif(price_micros IS NULL, NULL, currency) AS currency,
  sum(coalesce(price_micros + coalesce(fee_micros, 0), 0)) AS billed`;

const beside = sql`JOIN threads ON threads.id = entries.thread_id
  LEFT JOIN billing ON billing.entry_id = entries.id`;

/** What carriers took of a day, by line. */
export function spentOn(db: ReadableDb, day: string): Spent[] {
  const [from, until] = spanOf(day);
  return all<Row>(
    db,
    sql`SELECT ${sums} FROM entries INDEXED BY entries_out_by_time ${beside}
        WHERE ${taken} AND entries.at >= ${from} AND entries.at < ${until}
        GROUP BY 1, 2, 5 ORDER BY 1, 2, 5`,
  ).map(fromRow);
}

/** What carriers took of a conversation. */
export function spentInThread(db: ReadableDb, threadId: ThreadId): Spent[] {
  return all<Row>(
    db,
    sql`SELECT ${sums} FROM entries ${beside} WHERE entries.thread_id = ${threadId} AND ${taken}
        GROUP BY 2, 5 ORDER BY 2, 5`,
  ).map(fromRow);
}

const fromRow = (row: Row): Spent => ({ ...row, isMms: row.isMms === 1 });

/** The newest day before `day` on which a text was written to go out; null where there is none. */
export function lastDayOut(db: ReadableDb, day: string | null): string | null {
  const before = day === null ? Number.MAX_SAFE_INTEGER : spanOf(day)[0];
  const row = first<{ at: number | null }>(
    db,
    sql`SELECT max(at) AS at FROM entries INDEXED BY entries_out_by_time
        WHERE kind = 'text' AND direction = 'out' AND at < ${before}`,
  );
  return row === undefined || row.at === null ? null : dayOf(row.at);
}

/** From the first moment of a day of this computer's clock to that of the next; days may have 23 or 25 hours. */
function spanOf(day: string): readonly [number, number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return [new Date(year, month - 1, date).getTime(), new Date(year, month - 1, date + 1).getTime()];
}
