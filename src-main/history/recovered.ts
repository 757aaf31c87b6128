import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Gap } from '#shared/message/gap.ts';

/* As long as the relay's log keeps deliveries: what is older can be missing in no gap. Milliseconds. */
const keptFor = 30 * 24 * 3_600_000;

/** Something that came in and that only the carrier's list told us. */
export type Recovered = {
  readonly connectionId: string;
  /** `text/` or `call/` and the carrier's own id. */
  readonly key: string;
  readonly line: string;
  /** When it came in, milliseconds since 1970. */
  readonly at: number;
};

/** Remembers what the list told us, because the hole it came through may be noticed only later. */
export function noteRecovered(db: WritableDb, recovered: Recovered, now: number): void {
  const { connectionId, key, line, at } = recovered;
  run(db, sql`DELETE FROM recovered WHERE at < ${now - keptFor}`);
  if (at < now - keptFor) return;
  run(
    db,
    sql`INSERT INTO recovered (connection_id, key, line, at) VALUES (${connectionId}, ${key}, ${line}, ${at})
        ON CONFLICT DO NOTHING`,
  );
}

/** It was told to us after all, so it is in no hole. Returns whether only the list had told it till now. */
export function forgetRecovered(db: WritableDb, connectionId: string, key: string): boolean {
  return (
    run(db, sql`DELETE FROM recovered WHERE connection_id = ${connectionId} AND key = ${key}`) === 1
  );
}

/** Gives a gap what was recovered in its time and belongs to no other, at most as much as it misses; returns how much. */
export function claimRecovered(db: WritableDb, gap: Gap, slack: number): number {
  const onLine = gap.line === null ? sql`` : sql`AND line = ${gap.line}`;
  run(
    db,
    sql`UPDATE recovered SET gap_id = ${gap.id} WHERE (connection_id, key) IN (
          SELECT connection_id, key FROM recovered
          WHERE connection_id = ${gap.connectionId} AND at BETWEEN ${gap.since - slack} AND ${gap.until + slack}
            AND (gap_id IS NULL OR gap_id IN (SELECT id FROM gaps WHERE line IS NULL AND id <> ${gap.id})) ${onLine} ORDER BY at LIMIT ${gap.missing ?? -1})`,
  );
  return countOf(db, gap);
}

function countOf(db: ReadableDb, { id, connectionId }: Gap): number {
  const row = first<{ n: number }>(
    db,
    sql`SELECT count(*) AS n FROM recovered WHERE connection_id = ${connectionId} AND gap_id = ${id}`,
  );
  return row?.n ?? 0;
}
