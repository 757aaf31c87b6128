import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Line, LineId } from '#shared/message/line.ts';

import { newUid, toBlob } from './uid.ts';

type Row = {
  id: LineId;
  label: string;
  number: string;
  number_type: Line['numberType'];
  colour: string;
  connection_id: Line['connectionId'];
  unread: number;
};

const columns = sql`lines.id, label, number, number_type, colour, connection_id`;

const fromRow = (row: Row): Line => ({
  id: row.id,
  label: row.label,
  number: row.number,
  numberType: row.number_type,
  colour: row.colour,
  connectionId: row.connection_id,
  unread: row.unread,
});

/** Every line with how many of its threads hold something unread, oldest line first. */
export function listLines(db: ReadableDb): Line[] {
  return all<Row>(
    db,
    sql`SELECT ${columns}, coalesce(waiting.unread, 0) AS unread FROM lines
        LEFT JOIN (SELECT line_id, count(*) AS unread FROM threads INDEXED BY threads_unread WHERE unread > 0 GROUP BY line_id) AS waiting
        ON waiting.line_id = lines.id ORDER BY lines.id`,
  ).map(fromRow);
}

export function findLine(db: ReadableDb, id: LineId): Line | undefined {
  const row = first<Row>(db, sql`SELECT ${columns}, 0 AS unread FROM lines WHERE id = ${id}`);
  return row && fromRow(row);
}

export function findLineByNumber(
  db: ReadableDb,
  connectionId: string,
  number: string,
): Line | undefined {
  const row = first<Row>(
    db,
    sql`SELECT ${columns}, 0 AS unread FROM lines WHERE connection_id = ${connectionId} AND number = ${number}`,
  );
  return row && fromRow(row);
}

/** Is this the number of one of our lines, on whatever connection? */
export function isOwnNumber(db: ReadableDb, number: string): boolean {
  return first(db, sql`SELECT 1 FROM lines WHERE number = ${number} LIMIT 1`) !== undefined;
}

/** Names and colours a line. */
export function changeLine(
  db: WritableDb,
  id: LineId,
  change: Pick<Line, 'label' | 'colour'>,
): void {
  run(
    db,
    sql`UPDATE lines SET label = ${change.label}, colour = ${change.colour} WHERE id = ${id}`,
  );
}

export type NewLine = Omit<Line, 'id' | 'unread'>;

export function addLine(db: WritableDb, line: NewLine, now: number): Line {
  run(
    db,
    sql`INSERT INTO lines (uid, connection_id, number, number_type, label, colour)
        VALUES (${toBlob(newUid(now))}, ${line.connectionId}, ${line.number}, ${line.numberType}, ${line.label}, ${line.colour})`,
  );
  const added = findLineByNumber(db, line.connectionId, line.number);
  if (added === undefined) throw new Error('the line just added is not there');
  return added;
}
