import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { BroadcastStanding } from '#shared/compliance/judge-planned.ts';
import type { Broadcast } from '#shared/contract/broadcast-commands.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';

import { fromBlob, toBlob } from './uid.ts';

export type BroadcastState = Broadcast['state'];

/** A broadcast as it is kept; what became of its people is counted apart. */
export type BroadcastRow = Omit<Broadcast, 'stored' | 'counts'>;

type Row = Omit<BroadcastRow, 'uid'> & { readonly uid: Uint8Array };

const columns: Sql = sql`id, uid, line_id AS lineId, name, purpose, text, state, created_at AS createdAt,
  begins_at AS beginsAt, people`;

const fromRow = (row: Row): BroadcastRow => ({ ...row, uid: fromBlob(row.uid) });

export function findBroadcast(db: ReadableDb, id: number): BroadcastRow | undefined {
  const row = first<Row>(db, sql`SELECT ${columns} FROM broadcasts WHERE id = ${id}`);
  return row && fromRow(row);
}

export function findBroadcastByUid(db: ReadableDb, uid: string): BroadcastRow | undefined {
  const row = first<Row>(db, sql`SELECT ${columns} FROM broadcasts WHERE uid = ${toBlob(uid)}`);
  return row && fromRow(row);
}

/** Newest first. */
export function listBroadcasts(db: ReadableDb): BroadcastRow[] {
  return all<Row>(db, sql`SELECT ${columns} FROM broadcasts ORDER BY id DESC`).map(fromRow);
}

/** Those that have still to move, or may, oldest first. */
export function listMoving(db: ReadableDb): BroadcastRow[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM broadcasts INDEXED BY broadcasts_moving
        WHERE state IN ('running', 'paused', 'cancelling') ORDER BY id`,
  ).map(fromRow);
}

export type NewBroadcast = Pick<BroadcastRow, 'uid' | 'name' | 'purpose' | 'text' | 'people'> & {
  readonly lineId: LineId;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

/** Begins a draft, unless it was begun already. */
export function addBroadcast(db: WritableDb, added: NewBroadcast): void {
  const { uid, lineId, name, purpose, text, people, createdAt } = added;
  run(
    db,
    sql`INSERT INTO broadcasts (uid, line_id, name, purpose, text, people, state, created_at)
        VALUES (${toBlob(uid)}, ${lineId}, ${name}, ${purpose}, ${text}, ${people}, 'draft', ${createdAt})
        ON CONFLICT (uid) DO NOTHING`,
  );
}

export function setBroadcastState(db: WritableDb, id: number, state: BroadcastState): void {
  run(db, sql`UPDATE broadcasts SET state = ${state} WHERE id = ${id}`);
}

/** Starts a draft; its first text may leave at this moment. */
export function startBroadcast(db: WritableDb, id: number, beginsAt: number): void {
  run(
    db,
    sql`UPDATE broadcasts SET state = 'running', begins_at = ${beginsAt} WHERE id = ${id} AND state = 'draft'`,
  );
}

const standings: Readonly<Record<BroadcastState, BroadcastStanding>> = {
  draft: 'running',
  running: 'running',
  done: 'running',
  paused: 'paused',
  cancelling: 'cancelled',
  cancelled: 'cancelled',
};

/** How the broadcast stands that a text is of; null where it is of none. */
export function findStanding(db: ReadableDb, entryId: EntryId): BroadcastStanding | null {
  const row = first<{ state: BroadcastState }>(
    db,
    sql`SELECT broadcasts.state FROM broadcast_people JOIN broadcasts ON broadcasts.id = broadcast_id
        WHERE entry_id = ${entryId}`,
  );
  return row === undefined ? null : standings[row.state];
}
