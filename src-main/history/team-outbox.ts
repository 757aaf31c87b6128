import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { checkCodeIn } from '#shared/message/check.ts';
import type { TeamEvent, TeamPlace } from '#shared/team/team-event.ts';

import { isOurNumber } from './checks.ts';
import { noteSeen, readCursor } from './deliveries-seen.ts';
import { findTeam } from './team.ts';
import { newUid } from './uid.ts';

type WithoutId<Event> = Event extends unknown ? Omit<Event, 'id'> : never;
/** What is to be told; its id is made here. */
export type Telling = WithoutId<TeamEvent>;

/** Something that waits to be told to the others. */
export type Untold = { readonly id: number; readonly event: TeamEvent };

/** What a conversation has one of: the last one told in the order of the log holds. */
export type Register = 'draft' | 'assignee' | 'last-out';

/**
 * Keeps an event to be told to the team, where this workspace is in one and the connection is the team's; otherwise nothing
 * happens. Call it in the transaction of the deed. A draft that was not told yet yields to a later one.
 * @returns the event's id, or null where there is nobody to tell
 */
export function tellTeam(db: WritableDb, telling: Telling): string | null {
  if (!concernsTeam(db, connectionOf(telling))) return null;
  const event = { ...telling, id: newUid(telling.at) } as TeamEvent;
  const place = 'place' in event && !isQuiet(db, event) ? placeKey(event.place) : null;
  if (event.kind === 'thread-draft')
    run(
      db,
      sql`DELETE FROM team_outbox WHERE place = ${place} AND kind = 'thread-draft' AND seq IS NULL AND refused IS NULL`,
    );
  run(
    db,
    sql`INSERT INTO team_outbox (event_id, kind, place, event)
        VALUES (${event.id}, ${event.kind}, ${place}, ${JSON.stringify(event)})`,
  );
  // What is done is done; only a register is folded once more when it comes back, in its place among those of the others.
  if (isDone(event)) noteSeen(db, seenKey(event), event.at);
  return event.id;
}

/* A check, or a reply that no person wrote, changes nothing of its conversation, so it overrules nobody either. */
const isQuiet = (db: ReadableDb, event: TeamEvent): boolean =>
  event.kind === 'text-written' &&
  (event.automatic === true ||
    (checkCodeIn(event.text) !== null && isOurNumber(db, event.place.peer)));

const isDone = (event: TeamEvent): boolean =>
  event.kind === 'note-written' || !('place' in event || registers.has(event.kind));

const registers: ReadonlySet<TeamEvent['kind']> = new Set([
  'rates-set',
  'policy-set',
  'registration-set',
  'template-saved',
  'template-removed',
]);

/* Null where it concerns the whole team, as a template does. */
function connectionOf(telling: Telling): string | null {
  if ('place' in telling) return telling.place.connectionId;
  return 'connectionId' in telling ? telling.connectionId : null;
}

const concernsTeam = (db: ReadableDb, connectionId: string | null): boolean =>
  connectionId === null ? findTeam(db) !== undefined : isTeams(db, connectionId);

const placeKey = ({ connectionId, line, peer }: TeamPlace): string =>
  JSON.stringify([connectionId, line, peer]);

/** By this a told event is known when it comes again. */
export const seenKey = ({ id }: Pick<TeamEvent, 'id'>): string => `team/${id}`;

/** The number of the last delivery of the team's log that was taken in. */
export function teamCursor(db: ReadableDb): number {
  const log = findTeam(db)?.log ?? null;
  return log === null ? 0 : readCursor(db, log);
}

/** Is what happens on this connection the team's business? */
export function isTeams(db: ReadableDb, connectionId: string): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM team, connections
          WHERE team.id = 1 AND connections.id = ${connectionId} AND connections.origin = 'team'`,
    ) !== undefined
  );
}

/** The next events that the log has not taken yet, in the order of the deeds. */
export function listNext(db: ReadableDb, limit: number): Untold[] {
  return all<{ id: number; event: string }>(
    db,
    sql`SELECT id, event FROM team_outbox INDEXED BY team_outbox_waiting WHERE seq IS NULL AND refused IS NULL
        ORDER BY id LIMIT ${limit}`,
  ).map(({ id, event }) => ({ id, event: JSON.parse(event) as TeamEvent }));
}

/**
 * The log took an event, under this number. It stays until it comes back by the log: till then what others told before it is
 * still overruled by it.
 */
export function markAppended(db: WritableDb, id: number, seq: number): void {
  run(db, sql`UPDATE team_outbox SET seq = ${seq} WHERE id = ${id}`);
}

/** The relay will never take this event; the sentence says why. It is kept, and overrules nothing any more. */
export function markRefused(db: WritableDb, id: number, sentence: string): void {
  run(db, sql`UPDATE team_outbox SET refused = ${sentence} WHERE id = ${id}`);
}

/**
 * At every new stream: what has not come back is told again. The relay knows a repeated event by its id; where its log is
 * another one now, it learns this way what the old one held.
 */
export function tellAgain(db: WritableDb): void {
  run(db, sql`UPDATE team_outbox SET seq = NULL WHERE seq IS NOT NULL`);
}

/** An event came back by the log. */
export function removeReturned(db: WritableDb, eventId: string): void {
  run(db, sql`DELETE FROM team_outbox WHERE event_id = ${eventId}`);
}

/** Deeds that the log has not taken yet, and why one was refused last. */
export type OutboxStanding = { readonly waiting: number; readonly refused: string | null };

export function countUntold(db: ReadableDb): OutboxStanding {
  const row = first<OutboxStanding>(
    db,
    sql`SELECT count(*) FILTER (WHERE seq IS NULL AND refused IS NULL) AS waiting,
          (SELECT refused FROM team_outbox WHERE refused IS NOT NULL ORDER BY id DESC LIMIT 1) AS refused FROM team_outbox`,
  );
  return row ?? { waiting: 0, refused: null };
}

/* A text that is written empties the draft, so it speaks for it too. */
const kindsOf: Readonly<Record<Register, readonly [TeamEvent['kind'], TeamEvent['kind']]>> = {
  draft: ['thread-draft', 'text-written'],
  assignee: ['thread-assigned', 'thread-assigned'],
  'last-out': ['text-written', 'text-written'],
};

/** Is a deed of this desktop on its way that will come later in the log than all that is heard now, and so will hold? */
export function hasPending(db: ReadableDb, place: TeamPlace, register: Register): boolean {
  const [kind, other] = kindsOf[register];
  return (
    first(
      db,
      sql`SELECT 1 FROM team_outbox WHERE place = ${placeKey(place)} AND kind IN (${kind}, ${other}) AND refused IS NULL LIMIT 1`,
    ) !== undefined
  );
}

/**
 * The same of whether a conversation is done. A text that is written opens it again. Marking it done when something had come
 * in that this desktop had not seen, up to `lastIn` in the log, will change nothing, and so overrules nothing.
 */
export function hasPendingDone(db: ReadableDb, place: TeamPlace, lastIn: number): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM team_outbox WHERE place = ${placeKey(place)} AND kind IN ('thread-done', 'text-written')
          AND refused IS NULL
          AND NOT (kind = 'thread-done' AND event ->> '$.done' = 1 AND event ->> '$.after' < ${lastIn}) LIMIT 1`,
    ) !== undefined
  );
}

/** Is something that this desktop did to a template on its way, which will come later in the log than all that is heard now? */
export function hasPendingTemplate(db: ReadableDb, uid: string): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM team_outbox WHERE kind IN ('template-saved', 'template-removed')
          AND event ->> '$.uid' = ${uid} AND refused IS NULL LIMIT 1`,
    ) !== undefined
  );
}
