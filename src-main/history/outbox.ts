import {
  type ReadableDb,
  type WritableDb,
  all,
  first,
  run,
  runOne,
} from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { OutboundText } from '#shared/provider/provider.ts';

/** A text as it was accepted from the agent. Links to its pictures are made when it leaves, because they end. */
export type FrozenText = Omit<OutboundText, 'mediaUrls'> & {
  /** Ids of stored pictures, in order. */
  readonly mediaIds?: readonly string[];
};

/**
 * `queued` waits for its turn; `sending` may have bytes on the road; `unknown` is being looked for in the carrier's list;
 * `undecided` was looked for in vain and waits for a person. A text that is taken, or refused for good, leaves the outbox.
 */
export type OutboxState = 'queued' | 'sending' | 'unknown' | 'undecided';

export type OutboxRow = {
  readonly entryId: EntryId;
  readonly threadId: ThreadId;
  readonly connectionId: string;
  readonly state: OutboxState;
  /** The attempt under way, or the next one while queued. Counts from 1. */
  readonly attempt: number;
  /** How often nothing was taken so far, so that the pause grows. */
  readonly tries: number;
  /** How often the carrier's list was looked through. */
  readonly looks: number;
  readonly purpose: Purpose;
  /** Since when it could have left, milliseconds since 1970: when it was written, or begun again. */
  readonly queuedAt: number;
  /** The text exactly as it is handed over, frozen when it was accepted from the agent. */
  readonly request: FrozenText;
};

type Row = {
  entry_id: EntryId;
  thread_id: ThreadId;
  connection_id: string;
  state: OutboxState;
  attempt: number;
  tries: number;
  looks: number;
  purpose: Purpose;
  queued_at: number;
  request: string;
};

const columns: Sql = sql`entry_id, thread_id, connection_id, state, attempt, tries, looks, purpose,
  queued_at, request`;

const fromRow = (row: Row): OutboxRow => ({
  entryId: row.entry_id,
  threadId: row.thread_id,
  connectionId: row.connection_id,
  state: row.state,
  attempt: row.attempt,
  tries: row.tries,
  looks: row.looks,
  purpose: row.purpose,
  queuedAt: row.queued_at,
  request: JSON.parse(row.request) as FrozenText,
});

export type NewOutboxRow = Pick<
  OutboxRow,
  'entryId' | 'threadId' | 'connectionId' | 'attempt' | 'purpose' | 'request'
> & {
  /** Milliseconds since 1970. */
  readonly notBefore: number;
};

export function addToOutbox(db: WritableDb, row: NewOutboxRow): void {
  run(
    db,
    sql`INSERT INTO outbox (entry_id, thread_id, connection_id, state, attempt, not_before, queued_at, purpose, request)
        VALUES (${row.entryId}, ${row.threadId}, ${row.connectionId}, 'queued', ${row.attempt}, ${row.notBefore},
                ${row.notBefore}, ${row.purpose}, ${JSON.stringify(row.request)})`,
  );
}

export function findInOutbox(db: ReadableDb, entryId: EntryId): OutboxRow | undefined {
  const row = first<Row>(db, sql`SELECT ${columns} FROM outbox WHERE entry_id = ${entryId}`);
  return row && fromRow(row);
}

/** Connections with a text that may leave now: one look into the queue of each, however long the queues are. */
export function listConnectionsReady(db: ReadableDb, now: number): string[] {
  return all<{ id: string }>(
    db,
    sql`SELECT id FROM connections WHERE EXISTS (SELECT 1 FROM outbox
          WHERE connection_id = connections.id AND state = 'queued' AND not_before <= ${now})`,
  ).map((row) => row.id);
}

/* Which texts, by what way to them, and for which earlier ones of their conversation they wait. */
type Rank = { readonly from: Sql; readonly purposes: Sql; readonly waitsFor: Sql };
const answers: Rank = {
  from: sql`outbox INDEXED BY outbox_answers`,
  purposes: sql`('reply', 'legal')`,
  waitsFor: sql`('reply', 'legal')`,
};
const others: Rank = {
  from: sql`outbox`,
  purposes: sql`('outreach', 'marketing')`,
  waitsFor: sql`('reply', 'legal', 'outreach', 'marketing')`,
};

export type Room = { readonly connectionId: string; readonly now: number; readonly limit: number };

/**
 * The next texts of a connection that are due: answers first, then the others, each oldest first and at most one a thread, so that
 * a thread's texts keep their order. A thread with a text on the road, or with an older one waiting out a pause or for room, waits
 * for it; but an answer waits for nothing that is none. What a rule holds back steps aside until it is due: an answer does not
 * wait for what was written in the night.
 */
export function listReadyToSend(db: ReadableDb, room: Room): OutboxRow[] {
  const soonest = listReadyOf(db, answers, room);
  const left = room.limit - soonest.length;
  if (left <= 0) return soonest;
  const taken = new Set(soonest.map(({ threadId }) => threadId));
  const then = listReadyOf(db, others, { ...room, limit: left });
  return [...soonest, ...then.filter(({ threadId }) => !taken.has(threadId))];
}

function listReadyOf(
  db: ReadableDb,
  { from, purposes, waitsFor }: Rank,
  { connectionId, now, limit }: Room,
): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM ${from} WHERE connection_id = ${connectionId} AND state = 'queued' AND not_before <= ${now}
        AND purpose IN ${purposes}
        AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.thread_id = outbox.thread_id
          AND (earlier.state = 'sending' OR (earlier.state = 'queued' AND earlier.entry_id < outbox.entry_id
            AND earlier.purpose IN ${waitsFor}
            AND (earlier.not_before <= ${now} OR coalesce(earlier.hold_reason, 'throughput') IN ('throughput', 'daily-cap')))))
        ORDER BY not_before, entry_id LIMIT ${limit}`,
  ).map(fromRow);
}

/** Texts of unknown outcome that are due to be looked for, oldest first. */
export function listToReconcile(db: ReadableDb, now: number): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM outbox WHERE state = 'unknown' AND not_before <= ${now} ORDER BY not_before, entry_id`,
  ).map(fromRow);
}

/** Texts of a connection that the carrier may have taken without our hearing of it, oldest first. */
export function listInDoubt(db: ReadableDb, connectionId: string): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM outbox WHERE connection_id = ${connectionId}
        AND state IN ('sending', 'unknown', 'undecided') ORDER BY entry_id`,
  ).map(fromRow);
}

/** Texts on the road that another run of the program put there: what became of them nobody saw. */
export function listAbandoned(db: ReadableDb, owner: string): OutboxRow[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM outbox WHERE state = 'sending' AND lease_owner <> ${owner}`,
  ).map(fromRow);
}

/** When the next text in this state is due, milliseconds since 1970; null where none is. */
export function nextDueAt(db: ReadableDb, state: OutboxState): number | null {
  return (
    first<{ at: number | null }>(
      db,
      sql`SELECT min(not_before) AS at FROM outbox WHERE state = ${state}`,
    )?.at ?? null
  );
}

/** Marks a queued text as on the road. Must be committed before the first byte leaves. */
export function markSending(db: WritableDb, entryId: EntryId, owner: string): void {
  runOne(
    db,
    sql`UPDATE outbox SET state = 'sending', lease_owner = ${owner}, hold_reason = NULL WHERE entry_id = ${entryId} AND state = 'queued'`,
  );
}

/** Nothing was taken: the text waits for another attempt, not before this moment. */
export function markQueuedAgain(db: WritableDb, entryId: EntryId, notBefore: number): void {
  runOne(
    db,
    sql`UPDATE outbox SET state = 'queued', attempt = attempt + 1, tries = tries + 1, lease_owner = NULL,
        not_before = ${notBefore} WHERE entry_id = ${entryId}`,
  );
}

/** Nobody knows whether the text was taken: it is looked for in the carrier's list at this moment. */
export function markUnknown(db: WritableDb, entryId: EntryId, lookAt: number): void {
  runOne(
    db,
    sql`UPDATE outbox SET state = 'unknown', lease_owner = NULL, looks = 0, not_before = ${lookAt} WHERE entry_id = ${entryId}`,
  );
}

/** The list was read and does not show the text (`counted`), or could not be read: look again at this moment. */
export function postponeLook(
  db: WritableDb,
  row: OutboxRow,
  next: { counted: boolean; lookAt: number },
): void {
  runOne(
    db,
    sql`UPDATE outbox SET looks = looks + ${next.counted ? 1 : 0}, not_before = ${next.lookAt} WHERE entry_id = ${row.entryId}`,
  );
}

export function markUndecided(db: WritableDb, entryId: EntryId): void {
  runOne(db, sql`UPDATE outbox SET state = 'undecided' WHERE entry_id = ${entryId}`);
}

/** Counts the time that a queued text has waited from now on. */
export function restartWait(db: WritableDb, entryId: EntryId, now: number): void {
  runOne(db, sql`UPDATE outbox SET queued_at = ${now} WHERE entry_id = ${entryId}`);
}

/** Takes a text out of the outbox: its outcome is known, or a person begins a new attempt. */
export function removeFromOutbox(db: WritableDb, entryId: EntryId): void {
  run(db, sql`DELETE FROM outbox WHERE entry_id = ${entryId}`);
}

export type OutboxCounts = { readonly waiting: number; readonly undecided: number };

export function countOutbox(db: ReadableDb): OutboxCounts {
  const row = first<OutboxCounts>(
    db,
    sql`SELECT count(*) FILTER (WHERE state <> 'undecided') AS waiting,
               count(*) FILTER (WHERE state = 'undecided') AS undecided FROM outbox`,
  );
  return row ?? { waiting: 0, undecided: 0 };
}
