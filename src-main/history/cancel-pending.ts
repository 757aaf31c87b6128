import { type ReadableDb, type WritableDb, all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConsentScope } from '#shared/compliance/consent-event.ts';
import { covers } from '#shared/compliance/consent-state.ts';
import type { EntryId } from '#shared/message/entry.ts';

import type { Change } from './announce.ts';
import { type WaitingPlace, listWaitingFor, settlePerson } from './broadcast-people.ts';
import { listThreadsOf } from './consent-of-number.ts';
import { endUnsent } from './end-unsent.ts';

/** Whose texts are cancelled, how far that reaches, and why. */
export type Cancelling = {
  readonly number: string;
  readonly scope: ConsentScope;
  /** A whole sentence, shown with each text. */
  readonly because: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** One place where texts wait that have not left. */
export type PendingPlace = {
  /** How many texts wait there for this number. */
  count(db: ReadableDb, cancelling: Pick<Cancelling, 'number' | 'scope'>): number;
  /** Ends them all, visibly; returns what to tell. */
  cancel(db: WritableDb, cancelling: Cancelling): Change[];
};

const outbox: PendingPlace = {
  count: (db, cancelling) => listQueued(db, cancelling).length,
  cancel: (db, cancelling) => {
    const rows = listQueued(db, cancelling);
    const { because, at } = cancelling;
    for (const { entryId } of rows)
      endUnsent(db, entryId, { failure: { kind: 'cancelled', raw: because }, at });
    return rows.map(({ entryId }) => ({ kind: 'entry-changed', entryId }));
  },
};

/* Of a broadcast only the next few are in the outbox; the others would be refused one by one when their turn comes. */
const broadcasts: PendingPlace = {
  count: (db, cancelling) => listInBroadcasts(db, cancelling).length,
  cancel: (db, cancelling) => {
    const { because } = cancelling;
    for (const place of listInBroadcasts(db, cancelling))
      settlePerson(db, place, { state: 'cancelled', because });
    return [];
  },
};

const listInBroadcasts = (
  db: ReadableDb,
  { number, scope }: Pick<Cancelling, 'number' | 'scope'>,
): WaitingPlace[] => listWaitingFor(db, number).filter(({ line }) => covers(scope, { line }));

/** Every place where texts wait. What is added here is cancelled by an opt-out, too. */
const places: readonly PendingPlace[] = [outbox, broadcasts];

/**
 * Cancels everything that waits for a number, with the reason. What may have left already is not touched, and what the law has
 * us answer still goes out. Call it in the transaction of the opt-out.
 * @returns how many texts there were, and what to tell
 */
export function cancelPending(
  db: WritableDb,
  cancelling: Cancelling,
): { readonly count: number; readonly changes: Change[] } {
  const count = countPending(db, cancelling);
  return { count, changes: places.flatMap((place) => place.cancel(db, cancelling)) };
}

export function countPending(
  db: ReadableDb,
  cancelling: Pick<Cancelling, 'number' | 'scope'>,
): number {
  return places.reduce((sum, place) => sum + place.count(db, cancelling), 0);
}

type Queued = { entryId: EntryId; line: string };

function listQueued(
  db: ReadableDb,
  { number, scope }: Pick<Cancelling, 'number' | 'scope'>,
): Queued[] {
  return listThreadsOf(db, number)
    .flatMap((threadId) =>
      all<Queued>(
        db,
        sql`SELECT outbox.entry_id AS entryId, lines.number AS line FROM outbox
            JOIN threads ON threads.id = outbox.thread_id JOIN lines ON lines.id = threads.line_id
            WHERE outbox.thread_id = ${threadId} AND state = 'queued' AND purpose <> 'legal' ORDER BY outbox.entry_id`,
      ),
    )
    .filter(({ line }) => covers(scope, { line }));
}
