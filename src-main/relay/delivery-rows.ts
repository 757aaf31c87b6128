import { createHash } from 'node:crypto';

import {
  all,
  first,
  run,
  runOne,
  type ReadableDb,
  type WritableDb,
} from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

import type { Appended, StoredDelivery, Trim } from './delivery-log.ts';

/** A delivery on its way into the table, with the key that tells a repeated one and the line it counts for. */
export type KeyedDelivery = {
  readonly raw: RawDelivery;
  readonly key: string;
  readonly line: string | null;
};

type DeliveryRow = {
  readonly seq: number;
  readonly received_at: number;
  readonly provider: string;
  readonly connection_id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: string;
  readonly body: Uint8Array;
  readonly line: string | null;
  readonly line_count: number | null;
};

/** Where the ends of the log are: see {@link readEnds}. */
export type LogEnds = { readonly lastSeq: number; readonly trimmedThrough: number };

export function readLogId(db: ReadableDb): string {
  return first<{ id: string }>(db, sql`SELECT id FROM log`)?.id ?? '';
}

/** The newest number, and the number up to which all is trimmed. The newest row always stays, so that numbers go on from it. */
export function readEnds(db: ReadableDb): LogEnds {
  const ends = first<LogEnds>(
    db,
    sql`SELECT ifnull((SELECT max(seq) FROM delivery), 0) AS lastSeq, trimmed_through AS trimmedThrough FROM log`,
  );
  return ends ?? { lastSeq: 0, trimmedThrough: 0 };
}

/** What appending a batch came to, with the newest number after it. */
export type AppendedBatch = { readonly appended: readonly Appended[]; readonly lastSeq: number };

/** Stores deliveries under the next numbers, passing over those whose key is known. Runs inside the caller's transaction. */
export function appendRows(db: WritableDb, batch: readonly KeyedDelivery[]): AppendedBatch {
  let lastSeq =
    first<{ seq: number }>(db, sql`SELECT ifnull(max(seq), 0) AS seq FROM delivery`)?.seq ?? 0;
  const appended = batch.map(({ raw, key, line }) => {
    const digest = digestOf(key);
    const seq = lastSeq + 1;
    if (!insertRow(db, seq, { raw, digest })) return { seq: findKey(db, digest), duplicate: true };
    if (line !== null) countForLine(db, seq, { connectionId: raw.connectionId, number: line });
    lastSeq = seq;
    return { seq, duplicate: false };
  });
  return { appended, lastSeq };
}

/** Keys come in any order, so each commit touches the index all over; short ones keep it small. 128 bits suffice to tell them apart. */
function digestOf(key: string): Uint8Array {
  return createHash('sha256').update(key).digest().subarray(0, 16);
}

type DigestedDelivery = { readonly raw: RawDelivery; readonly digest: Uint8Array };

/** Written out once: this is the one statement that every delivery costs. */
const insertDelivery = `INSERT INTO delivery (seq, received_at, key, provider, connection_id, method, url, headers, body)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`;

function insertRow(db: WritableDb, seq: number, { raw, digest }: DigestedDelivery): boolean {
  const { receivedAt, provider, connectionId, method, url, body } = raw;
  const headers = JSON.stringify(raw.headers);
  const values = [seq, receivedAt, digest, provider, connectionId, method, url, headers, body];
  return run(db, { text: insertDelivery, values }) === 1;
}

type CountedLine = { readonly connectionId: string; readonly number: string };

/** After the row is in, so that a repeat takes no count; in its transaction, so that none is lost. */
function countForLine(db: WritableDb, seq: number, { connectionId, number }: CountedLine): void {
  const counted = first<{ count: number }>(
    db,
    sql`INSERT INTO line_count (connection_id, number, count) VALUES (${connectionId}, ${number}, 1)
        ON CONFLICT (connection_id, number) DO UPDATE SET count = count + 1 RETURNING count`,
  );
  runOne(
    db,
    sql`UPDATE delivery SET line = ${number}, line_count = ${counted?.count ?? null} WHERE seq = ${seq}`,
  );
}

function findKey(db: ReadableDb, digest: Uint8Array): number {
  const row = first<{ seq: number }>(db, sql`SELECT seq FROM delivery WHERE key = ${digest}`);
  if (row === undefined) throw new Error('a key that conflicts cannot be found');
  return row.seq;
}

export function readRows(db: ReadableDb, after: number, limit: number): StoredDelivery[] {
  const from = Math.max(after, readEnds(db).trimmedThrough);
  return all<DeliveryRow>(
    db,
    sql`SELECT seq, received_at, provider, connection_id, method, url, headers, body, line, line_count
      FROM delivery WHERE seq > ${from} ORDER BY seq LIMIT ${limit}`,
  ).map(toStored);
}

function toStored(row: DeliveryRow): StoredDelivery {
  const raw: RawDelivery = {
    provider: row.provider,
    connectionId: row.connection_id,
    method: row.method,
    url: row.url,
    headers: JSON.parse(row.headers) as Record<string, string>,
    body: row.body,
    receivedAt: row.received_at,
  };
  const { seq, line, line_count: count } = row;
  return { seq, raw, line: line === null || count === null ? null : { number: line, count } };
}

/** How far a trim reaches: contents up to `contents` may go, whole rows with their keys up to `rows`. */
export type TrimReach = { readonly contents: number; readonly rows: number };

/** Only the oldest end is trimmed: a delivery that must stay keeps all after it, whatever the clock said when they came. */
export function findTrimReach(db: ReadableDb, allowed: Trim): TrimReach {
  const { lastSeq, trimmedThrough } = readEnds(db);
  const old = lastOlderThan(db, allowed.receivedBefore, lastSeq);
  const contents = Math.max(trimmedThrough, Math.min(old, allowed.upTo));
  const forgettable = lastOlderThan(db, allowed.rememberSince, lastSeq);
  return { contents, rows: Math.min(forgettable, contents, lastSeq - 1) };
}

function lastOlderThan(db: ReadableDb, time: number, lastSeq: number): number {
  const stays = first<{ seq: number }>(
    db,
    sql`SELECT seq FROM delivery WHERE received_at >= ${time} ORDER BY seq LIMIT 1`,
  );
  return stays === undefined ? lastSeq : stays.seq - 1;
}

/** Takes the next step of a trim, at most `step` rows. Returns whether more is left. Runs inside the caller's transaction. */
export function trimStep(db: WritableDb, reach: TrimReach, step: number): boolean {
  const { trimmedThrough } = readEnds(db);
  const through = Math.min(trimmedThrough + step, reach.contents);
  run(
    db,
    sql`UPDATE delivery SET url = '', headers = '{}', body = x''
      WHERE seq > ${Math.max(trimmedThrough, reach.rows)} AND seq <= ${through}`,
  );
  runOne(db, sql`UPDATE log SET trimmed_through = ${through}`);
  const forgotten = run(
    db,
    sql`DELETE FROM delivery WHERE seq IN
      (SELECT seq FROM delivery WHERE seq <= ${Math.min(through, reach.rows)} ORDER BY seq LIMIT ${step})`,
  );
  return through < reach.contents || forgotten === step;
}
