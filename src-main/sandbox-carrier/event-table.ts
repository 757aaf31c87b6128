import { type ReadableDb, type WritableDb, all, first, runOne } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import type { CarrierEvent } from './carrier-event.ts';
import type { PlannedEvent } from './plan-events.ts';

/** A callback that waits to be posted. */
export type DueEvent = {
  readonly seq: number;
  readonly id: string;
  readonly event: CarrierEvent;
  /** Milliseconds since 1970. */
  readonly happensAt: number;
  /** How many posts have failed so far. */
  readonly tries: number;
};

/** Keeps events that are to be told, in the order given. */
export function insertEvents(db: WritableDb, events: readonly PlannedEvent[]): void {
  for (const { id, messageId, pair, event, happensAt, tellAt } of events) {
    const status = event.type === 'message.status' ? event.status : null;
    const media = 'media' in event ? event.media : null;
    runOne(
      db,
      sql`INSERT INTO event (id, message_id, pair, detail, status, media, happens_at, next_try_at)
          VALUES (${id}, ${messageId}, ${pair}, ${JSON.stringify(event)}, ${status}, ${media}, ${happensAt}, ${tellAt})`,
    );
  }
}

/** Pairs of numbers with a callback due by `now`, the longest waiting first. */
export function duePairs(db: ReadableDb, now: number, limit: number): string[] {
  const rows = all<{ pair: string }>(
    db,
    sql`SELECT pair FROM event WHERE next_try_at <= ${now}
        GROUP BY pair ORDER BY min(next_try_at), min(seq) LIMIT ${limit}`,
  );
  return rows.map((row) => row.pair);
}

/** The next callback of a pair that is due by `now`. */
export function firstDue(db: ReadableDb, pair: string, now: number): DueEvent | null {
  const row = first<{ seq: number; id: string; detail: string; happens_at: number; tries: number }>(
    db,
    sql`SELECT seq, id, detail, happens_at, tries FROM event
        WHERE pair = ${pair} AND next_try_at <= ${now} ORDER BY next_try_at, seq LIMIT 1`,
  );
  if (row === undefined) return null;
  const { seq, id, detail, tries } = row;
  return { seq, id, event: JSON.parse(detail) as CarrierEvent, happensAt: row.happens_at, tries };
}

/** When the first callback after `now` falls due; null where none waits. */
export function nextDueAfter(db: ReadableDb, now: number): number | null {
  const row = first<{ at: number | null }>(
    db,
    sql`SELECT min(next_try_at) AS at FROM event WHERE next_try_at > ${now}`,
  );
  return row?.at ?? null;
}

/** The callback was taken, or is given up: it is not posted again. */
export function close(db: WritableDb, seq: number): void {
  runOne(db, sql`UPDATE event SET next_try_at = NULL, tries = tries + 1 WHERE seq = ${seq}`);
}

/** The callback was not taken: it is posted again at `nextTryAt`. */
export function postpone(db: WritableDb, seq: number, nextTryAt: number): void {
  runOne(
    db,
    sql`UPDATE event SET next_try_at = ${nextTryAt}, tries = tries + 1 WHERE seq = ${seq}`,
  );
}

/** Did the carrier ever send this picture or sound? */
export function hasMedia(db: ReadableDb, file: string): boolean {
  return first(db, sql`SELECT 1 FROM event WHERE media = ${file}`) !== undefined;
}
