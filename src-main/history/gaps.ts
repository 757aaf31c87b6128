import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Gap, GapId } from '#shared/message/gap.ts';
import type { ConnectionId } from '#shared/message/line.ts';

type Row = {
  id: GapId;
  connection_id: ConnectionId;
  line: string | null;
  label: string | null;
  first_missing: number | null;
  last_missing: number | null;
  since: number;
  until: number;
  state: Gap['state'];
  found: number;
};

const columns: Sql = sql`gaps.id, gaps.connection_id, line, label, first_missing, last_missing, since, until, state, found
  FROM gaps LEFT JOIN lines ON lines.connection_id = gaps.connection_id AND lines.number = gaps.line`;

const fromRow = (row: Row): Gap => ({
  id: row.id,
  connectionId: row.connection_id,
  line: row.line,
  lineLabel: row.label ?? row.line,
  missing:
    row.first_missing === null || row.last_missing === null
      ? null
      : row.last_missing - row.first_missing + 1,
  since: row.since,
  until: row.until,
  state: row.state,
  found: row.found,
});

/** A hole that was noticed. `line` and the counts are null where only the log as a whole is known to have one. */
export type NewGap = {
  readonly logId: string;
  readonly connectionId: string;
  readonly line: string | null;
  readonly missing: { readonly first: number; readonly last: number } | null;
  /** Milliseconds since 1970: between these what is missing must have come. */
  readonly since: number;
  readonly until: number;
};

export function openGap(db: WritableDb, gap: NewGap): void {
  const { logId, connectionId, line, missing, since, until } = gap;
  run(
    db,
    sql`INSERT INTO gaps (log_id, connection_id, line, first_missing, last_missing, since, until)
        VALUES (${logId}, ${connectionId}, ${line}, ${missing?.first ?? null}, ${missing?.last ?? null},
                ${Math.min(since, until)}, ${until})`,
  );
}

/**
 * Takes away the gap of a whole log that a gap of one of its lines now tells more exactly. Returns what time it covered, which
 * the other must cover too; null where there was none.
 */
export function takeWholeGap(
  db: WritableDb,
  { logId, connectionId }: Pick<NewGap, 'logId' | 'connectionId'>,
): Pick<NewGap, 'since' | 'until'> | null {
  const whole = first<{ id: number; since: number; until: number }>(
    db,
    sql`SELECT id, since, until FROM gaps WHERE connection_id = ${connectionId} AND log_id = ${logId}
        AND line IS NULL AND dismissed = 0 ORDER BY id DESC LIMIT 1`,
  );
  if (whole === undefined) return null;
  run(db, sql`UPDATE recovered SET gap_id = NULL WHERE gap_id = ${whole.id}`);
  run(db, sql`DELETE FROM gaps WHERE id = ${whole.id}`);
  return whole;
}

/** Every gap that was not dismissed, newest first; of one connection, or of all. */
export function listGaps(db: ReadableDb, connectionId: string | null = null): Gap[] {
  const ofConnection =
    connectionId === null ? sql`` : sql`AND gaps.connection_id = ${connectionId}`;
  return all<Row>(
    db,
    sql`SELECT ${columns} WHERE dismissed = 0 ${ofConnection} ORDER BY gaps.id DESC LIMIT 100`,
  ).map(fromRow);
}

export function findGap(db: ReadableDb, id: GapId): Gap | undefined {
  const row = first<Row>(db, sql`SELECT ${columns} WHERE gaps.id = ${id} AND dismissed = 0`);
  return row && fromRow(row);
}

/** Gaps of a connection that are to be filled, those longest ago first. */
export function listOpenGaps(db: ReadableDb, connectionId: string): Gap[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} WHERE state = 'open' AND dismissed = 0 AND gaps.connection_id = ${connectionId} ORDER BY since`,
  ).map(fromRow);
}

/** Is anything known to be missing that was not looked for yet? */
export function hasOpenGap(db: ReadableDb): boolean {
  return (
    first(db, sql`SELECT 1 FROM gaps WHERE state = 'open' AND dismissed = 0 LIMIT 1`) !== undefined
  );
}

/** The carrier's list was read whole, and so much of what was missing was found. */
export function closeGap(db: WritableDb, id: GapId, { state, found }: Closed): void {
  run(db, sql`UPDATE gaps SET state = ${state}, found = ${found} WHERE id = ${id}`);
}

type Closed = Pick<Gap, 'state' | 'found'>;

export function dismissGap(db: WritableDb, id: GapId): void {
  run(db, sql`UPDATE gaps SET dismissed = 1 WHERE id = ${id}`);
}
