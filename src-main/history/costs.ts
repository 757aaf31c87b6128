import { type ReadableDb, all, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
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

/**
 * What carriers took of a day, by line. A text that failed counts where a carrier had given it an id, because carriers charge
 * for handing on, not for arriving.
 */
export function spentOn(db: ReadableDb, day: string): Spent[] {
  const [from, until] = spanOf(day);
  return all<Row>(
    db,
    sql`SELECT threads.line_id AS lineId, entries.has_media AS isMms, count(*) AS texts,
          sum(entries.segments) AS segments, iif(price_micros IS NULL, NULL, currency) AS currency,
          sum(coalesce(price_micros + coalesce(fee_micros, 0), 0)) AS billed
        FROM entries INDEXED BY entries_out_by_time
        JOIN threads ON threads.id = entries.thread_id
        LEFT JOIN billing ON billing.entry_id = entries.id
        WHERE entries.kind = 'text' AND entries.direction = 'out' AND entries.at >= ${from} AND entries.at < ${until}
          AND (entries.state IN ('accepted', 'sent', 'delivered')
            OR EXISTS (SELECT 1 FROM attempts WHERE attempts.entry_id = entries.id AND provider_id IS NOT NULL))
        GROUP BY 1, 2, 5 ORDER BY 1, 2, 5`,
  ).map((row) => ({ ...row, isMms: row.isMms === 1 }));
}

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
