import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** Notes that this was taken in. Returns false where it had been before: then it must change nothing. */
export function noteSeen(db: WritableDb, key: string, now: number): boolean {
  return (
    run(
      db,
      sql`INSERT INTO deliveries_seen (key, at) VALUES (${key}, ${now}) ON CONFLICT DO NOTHING`,
    ) === 1
  );
}

/** Was this taken in before? */
export function wasSeen(db: ReadableDb, key: string): boolean {
  return first(db, sql`SELECT 1 FROM deliveries_seen WHERE key = ${key}`) !== undefined;
}

/** The last sequence of a delivery log that is committed here; 0 before the first. */
export function readCursor(db: ReadableDb, name: string): number {
  return first<{ seq: number }>(db, sql`SELECT seq FROM cursors WHERE name = ${name}`)?.seq ?? 0;
}

export function moveCursor(db: WritableDb, name: string, seq: number): void {
  run(
    db,
    sql`INSERT INTO cursors (name, seq) VALUES (${name}, ${seq}) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq`,
  );
}
