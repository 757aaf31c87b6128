import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';

/** An authentic delivery that could not be understood, kept whole. */
export type AttentionRow = {
  readonly id: number;
  readonly at: number;
  readonly problem: string;
  readonly delivery: RawDelivery;
};

type Row = { id: number; at: number; problem: string; delivery: string; body: Uint8Array };

const fromRow = (row: Row): AttentionRow => ({
  id: row.id,
  at: row.at,
  problem: row.problem,
  delivery: { ...(JSON.parse(row.delivery) as Omit<RawDelivery, 'body'>), body: row.body },
});

/** Why a delivery waits; `retryAt` (milliseconds since 1970) where the program itself tries it again. */
export type Waiting = { readonly problem: string; readonly retryAt: number | null };

export function keepForAttention(
  db: WritableDb,
  delivery: RawDelivery,
  { problem, retryAt }: Waiting,
): void {
  const { body, ...head } = delivery;
  run(
    db,
    sql`INSERT INTO attention (at, provider, connection_id, problem, delivery, body, retry_at)
        VALUES (${delivery.receivedAt}, ${delivery.provider}, ${delivery.connectionId}, ${problem}, ${JSON.stringify(head)},
                ${body}, ${retryAt})`,
  );
}

/** Everything that needs attention, newest first. */
export function listAttention(db: ReadableDb): AttentionRow[] {
  return all<Row>(
    db,
    sql`SELECT id, at, problem, delivery, body FROM attention ORDER BY id DESC`,
  ).map(fromRow);
}

export function findAttention(db: ReadableDb, id: number): AttentionRow | undefined {
  const row = first<Row>(
    db,
    sql`SELECT id, at, problem, delivery, body FROM attention WHERE id = ${id}`,
  );
  return row && fromRow(row);
}

/** Deliveries that the program itself is to try again now, oldest first. */
export function listToRetry(db: ReadableDb, now: number): AttentionRow[] {
  return all<Row>(
    db,
    sql`SELECT id, at, problem, delivery, body FROM attention WHERE retry_at <= ${now} ORDER BY id LIMIT 100`,
  ).map(fromRow);
}

/** When the next one is to be tried again, milliseconds since 1970; null where none is. */
export function nextRetryAt(db: ReadableDb): number | null {
  return (
    first<{ at: number | null }>(db, sql`SELECT min(retry_at) AS at FROM attention`)?.at ?? null
  );
}

export function postponeRetry(db: WritableDb, id: number, retryAt: number): void {
  run(db, sql`UPDATE attention SET retry_at = ${retryAt} WHERE id = ${id}`);
}

export function removeAttention(db: WritableDb, id: number): void {
  run(db, sql`DELETE FROM attention WHERE id = ${id}`);
}

/** A text that a carrier lists and of which nobody else told us. */
export type ListedOnly = {
  readonly provider: string;
  readonly connectionId: string;
  readonly providerMessageId: string;
  readonly from: string;
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Where the carrier's list, which keeps no content, is all there is of a text, the person must at least know of it. */
export function keepListedOnly(db: WritableDb, text: ListedOnly): void {
  const { provider, connectionId, providerMessageId: id, from, to, at: receivedAt } = text;
  const problem = `The carrier lists a text from ${from} that never reached us, and keeps no content: ask the sender.`;
  const body = new TextEncoder().encode(JSON.stringify({ id, from, to }));
  const head = { provider, connectionId, method: 'LIST', url: '', headers: {} };
  keepForAttention(db, { ...head, body, receivedAt }, { problem, retryAt: null });
}

/** The text has come after all. */
export function removeListedOnly(
  db: WritableDb,
  { connectionId, providerMessageId: id }: Pick<ListedOnly, 'connectionId' | 'providerMessageId'>,
): void {
  run(
    db,
    sql`DELETE FROM attention WHERE connection_id = ${connectionId} AND delivery ->> '$.method' = 'LIST'
        AND CAST(body AS TEXT) ->> '$.id' = ${id}`,
  );
}

export function countAttention(db: ReadableDb): number {
  return first<{ n: number }>(db, sql`SELECT count(*) AS n FROM attention`)?.n ?? 0;
}
