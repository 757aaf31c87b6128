import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** The local calendar day of a moment, as `2026-11-21`. */
export function dayOf(now: number): string {
  const date = new Date(now);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Counts segments that a carrier took today. */
export function addUsage(db: WritableDb, now: number, segments: number): void {
  run(
    db,
    sql`INSERT INTO usage_by_day (day, segments) VALUES (${dayOf(now)}, ${segments})
        ON CONFLICT (day) DO UPDATE SET segments = segments + excluded.segments`,
  );
}

export function segmentsOn(db: ReadableDb, now: number): number {
  return (
    first<{ segments: number }>(
      db,
      sql`SELECT segments FROM usage_by_day WHERE day = ${dayOf(now)}`,
    )?.segments ?? 0
  );
}

/** When the newest inbound entry came, milliseconds since 1970; null before the first. */
export function lastInboundAt(db: ReadableDb): number | null {
  const row = first<{ value: string }>(
    db,
    sql`SELECT value FROM settings WHERE name = 'last-inbound'`,
  );
  return row === undefined ? null : Number(row.value);
}

export function noteInbound(db: WritableDb, now: number): void {
  run(
    db,
    sql`INSERT INTO settings (name, value) VALUES ('last-inbound', ${String(now)})
        ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
}
