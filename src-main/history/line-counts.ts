import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** Whose count it is: a line of a connection; the connection where `line` is empty, the whole log where both are. */
export type CountKey = {
  readonly logId: string;
  readonly connectionId: string;
  readonly line: string;
};

/** How far it was counted, null where whatever comes next is a beginning, and when it was last heard of. */
export type LineCount = { readonly count: number | null; readonly heardAt: number };

export function findCount(db: ReadableDb, key: CountKey): LineCount | undefined {
  return first<LineCount>(
    db,
    sql`SELECT count, heard_at AS heardAt FROM line_counts
        WHERE log_id = ${key.logId} AND connection_id = ${key.connectionId} AND line = ${key.line}`,
  );
}

export function saveCount(db: WritableDb, key: CountKey, { count, heardAt }: LineCount): void {
  run(
    db,
    sql`INSERT INTO line_counts (log_id, connection_id, line, count, heard_at)
        VALUES (${key.logId}, ${key.connectionId}, ${key.line}, ${count}, ${heardAt})
        ON CONFLICT DO UPDATE SET count = excluded.count, heard_at = max(heard_at, excluded.heard_at)`,
  );
}

/** When a connection was last heard of over any log but this one, milliseconds since 1970; null where it never was. */
export function heardElsewhere(db: ReadableDb, logId: string, connectionId: string): number | null {
  const heard = first<{ at: number | null }>(
    db,
    sql`SELECT max(heard_at) AS at FROM line_counts
        WHERE connection_id = ${connectionId} AND line = '' AND log_id <> ${logId}`,
  );
  return heard?.at ?? null;
}

/** When a connection of ours was made, milliseconds since 1970; null where there never was one of this id. */
export function connectionMadeAt(db: ReadableDb, connectionId: string): number | null {
  const made = first<{ at: number }>(
    db,
    sql`SELECT created_at AS at FROM connections WHERE id = ${connectionId}`,
  );
  return made?.at ?? null;
}

export type ConnectionHeard = { readonly connectionId: string; readonly heardAt: number };

/** Connections of ours that were heard of over a log, with when they last were. */
export function listHeard(db: ReadableDb, logId: string): ConnectionHeard[] {
  return all<ConnectionHeard>(
    db,
    sql`SELECT connection_id AS connectionId, heard_at AS heardAt FROM line_counts
        JOIN connections ON connections.id = connection_id AND removed_at IS NULL
        WHERE log_id = ${logId} AND line = ''`,
  );
}

/** The counts of a log no longer say anything: each begins with whatever comes next. */
export function forgetCounts(db: WritableDb, logId: string): void {
  run(db, sql`UPDATE line_counts SET count = NULL WHERE log_id = ${logId}`);
}

/**
 * Meets a log, before anything of it is taken in: what it had trimmed by then was never for us, so nothing of it is missing.
 * A log that was met before is left as it is.
 */
export function meetLog(db: WritableDb, logId: string, trimmedThrough: number): void {
  run(
    db,
    sql`INSERT INTO line_counts (log_id, connection_id, line, count, heard_at)
        VALUES (${logId}, '', '', ${trimmedThrough}, 0) ON CONFLICT DO NOTHING`,
  );
}
