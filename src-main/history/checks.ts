import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { LineId } from '#shared/message/line.ts';

import { fromBlob, toBlob } from './uid.ts';

/** How many are kept, over all lines. */
const mostKept = 100;

/** A text from one of our lines to another, to see whether it arrives. Times are milliseconds since 1970. */
export type Check = {
  readonly id: number;
  readonly fromLineId: LineId;
  readonly toLineId: LineId;
  /** What is looked for in the text. */
  readonly code: string;
  /** The uid of the text on its way out. */
  readonly uid: string;
  readonly state: 'waiting' | 'arrived' | 'missing' | 'not-sent';
  readonly startedAt: number;
  /** When the carrier took it; null where it did not yet. */
  readonly acceptedAt: number | null;
  readonly arrivedAt: number | null;
  /** Were we told of it, or was it found in the carrier's list? */
  readonly heard: 'told' | 'listed' | null;
  /** Why it was not sent. */
  readonly problem: string | null;
};

type Row = Omit<Check, 'uid'> & { readonly uid: Uint8Array };

const columns: Sql = sql`checks.id, checks.from_line AS fromLineId, checks.to_line AS toLineId, code, entry_uid AS uid,
  checks.state, started_at AS startedAt, arrived_at AS arrivedAt, heard, problem,
  (SELECT min(receipts.at) FROM entries JOIN receipts ON receipts.entry_id = entries.id
    WHERE entries.uid = entry_uid AND receipts.state IN ('accepted', 'sent', 'delivered')) AS acceptedAt`;

const fromRow = (row: Row): Check => ({ ...row, uid: fromBlob(row.uid) });

export type NewCheck = Pick<Check, 'fromLineId' | 'toLineId' | 'code' | 'uid' | 'startedAt'>;

/** Begins a check, and forgets the oldest of too many. Throws where one between these lines is under way. */
export function addCheck(db: WritableDb, check: NewCheck): void {
  run(
    db,
    sql`INSERT INTO checks (from_line, to_line, code, entry_uid, state, started_at)
        VALUES (${check.fromLineId}, ${check.toLineId}, ${check.code}, ${toBlob(check.uid)}, 'waiting', ${check.startedAt})`,
  );
  run(
    db,
    sql`DELETE FROM checks WHERE state <> 'waiting'
        AND id <= (SELECT id FROM checks ORDER BY id DESC LIMIT 1 OFFSET ${mostKept})`,
  );
}

/** Every check that is kept, newest first. */
export function listChecks(db: ReadableDb): Check[] {
  return all<Row>(db, sql`SELECT ${columns} FROM checks ORDER BY id DESC LIMIT ${mostKept}`).map(
    fromRow,
  );
}

export function listWaitingChecks(db: ReadableDb): Check[] {
  return all<Row>(db, sql`SELECT ${columns} FROM checks WHERE state = 'waiting' ORDER BY id`).map(
    fromRow,
  );
}

export function findWaitingCheck(
  db: ReadableDb,
  { fromLineId, toLineId }: Pick<Check, 'fromLineId' | 'toLineId'>,
): Check | undefined {
  return listWaitingChecks(db).find(
    (check) => check.fromLineId === fromLineId && check.toLineId === toLineId,
  );
}

/** Checks of lines of a connection that ended last on their line without arriving. */
export function listMissing(db: ReadableDb, connectionId: string): Check[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM checks JOIN lines ON lines.id = to_line
        WHERE connection_id = ${connectionId} AND checks.state = 'missing'
          AND checks.id = (SELECT max(id) FROM checks AS other
            WHERE other.to_line = checks.to_line AND other.state IN ('arrived', 'missing'))`,
  ).map(fromRow);
}

/** What came in, as far as it may be the text of a check. */
export type Arriving = {
  readonly code: string;
  readonly toLineId: LineId;
  /** The number it came from. */
  readonly from: string;
};

/** The check that this text is of, waited for or given up; undefined where it is none, or was heard of before. */
export function findArriving(db: ReadableDb, arriving: Arriving): { id: number } | undefined {
  return first<{ id: number }>(
    db,
    sql`SELECT checks.id FROM checks JOIN lines ON lines.id = from_line
        WHERE code = ${arriving.code} AND to_line = ${arriving.toLineId} AND lines.number = ${arriving.from}
          AND arrived_at IS NULL`,
  );
}

/** Is this the number of one of our lines, over whatever connection? */
export function isOurNumber(db: ReadableDb, number: string): boolean {
  return first(db, sql`SELECT 1 FROM lines WHERE number = ${number} LIMIT 1`) !== undefined;
}

export function noteArrived(
  db: WritableDb,
  id: number,
  { at, heard }: { readonly at: number; readonly heard: 'told' | 'listed' },
): void {
  run(
    db,
    sql`UPDATE checks SET state = 'arrived', arrived_at = ${at}, heard = ${heard} WHERE id = ${id}`,
  );
}

export function noteMissing(db: WritableDb, id: number): void {
  run(db, sql`UPDATE checks SET state = 'missing' WHERE id = ${id} AND state = 'waiting'`);
}

export function noteNotSent(db: WritableDb, id: number, problem: string): void {
  run(
    db,
    sql`UPDATE checks SET state = 'not-sent', problem = ${problem} WHERE id = ${id} AND state = 'waiting'`,
  );
}
