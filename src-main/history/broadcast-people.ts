import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import {
  type Person,
  type PersonOutcome,
  personOutcomeSchema,
} from '#shared/contract/broadcast-commands.ts';
import type { EntryId } from '#shared/message/entry.ts';
import { type FailureKind, failureMeanings } from '#shared/provider/send-failure.ts';

/** One person of a broadcast whose text is not in the outbox yet. */
export type Waiting = { readonly position: number; readonly peer: string; readonly text: string };

/** Stores people from this position on. Those stored before are passed over, so that a repeated call changes nothing. */
export function addPeople(db: WritableDb, broadcastId: number, people: readonly Waiting[]): void {
  for (const { position, peer, text } of people)
    run(
      db,
      sql`INSERT INTO broadcast_people (broadcast_id, position, peer, text, state)
          VALUES (${broadcastId}, ${position}, ${peer}, ${text}, 'waiting') ON CONFLICT DO NOTHING`,
    );
}

export function countPeople(db: ReadableDb, broadcastId: number): number {
  return (
    first<{ count: number }>(
      db,
      sql`SELECT count(*) AS count FROM broadcast_people WHERE broadcast_id = ${broadcastId}`,
    )?.count ?? 0
  );
}

/** The next people whose texts are not in the outbox yet, in their order. */
export function listWaiting(db: ReadableDb, broadcastId: number, limit: number): Waiting[] {
  return all<Waiting>(
    db,
    sql`SELECT position, peer, text FROM broadcast_people INDEXED BY broadcast_people_waiting
        WHERE broadcast_id = ${broadcastId} AND state = 'waiting' ORDER BY position LIMIT ${limit}`,
  );
}

/** Where somebody still waits in a broadcast, and the line it goes over. */
export type WaitingPlace = {
  readonly broadcastId: number;
  readonly position: number;
  readonly line: string;
};

/** Every broadcast that has not ended in which this number's text is not in the outbox yet. */
export function listWaitingFor(db: ReadableDb, peer: string): WaitingPlace[] {
  return all<WaitingPlace>(
    db,
    sql`SELECT broadcasts.id AS broadcastId, position, lines.number AS line
        FROM broadcasts CROSS JOIN broadcast_people AS people ON people.broadcast_id = broadcasts.id AND peer = ${peer}
        JOIN lines ON lines.id = broadcasts.line_id
        WHERE broadcasts.state IN ('draft', 'running', 'paused') AND people.state = 'waiting'`,
  );
}

/** What became of one person: their text is in the outbox, or was refused, or cancelled, and why. */
export type Settled =
  | { readonly state: 'added'; readonly entryId: EntryId }
  | { readonly state: 'refused' | 'cancelled'; readonly because: string };

export function settlePerson(
  db: WritableDb,
  { broadcastId, position }: { readonly broadcastId: number; readonly position: number },
  settled: Settled,
): void {
  const entryId = settled.state === 'added' ? settled.entryId : null;
  const because = settled.state === 'added' ? null : settled.because;
  run(
    db,
    sql`UPDATE broadcast_people SET state = ${settled.state}, entry_id = ${entryId}, because = ${because}
        WHERE broadcast_id = ${broadcastId} AND position = ${position} AND state = 'waiting'`,
  );
}

/** Texts of a broadcast that wait in the outbox; `soon` leaves out those held for another reason than room. At most `limit`. */
export function listInOutbox(
  db: ReadableDb,
  broadcastId: number,
  { limit, soon }: { readonly limit: number; readonly soon: boolean },
): EntryId[] {
  const which = soon
    ? sql`AND coalesce(hold_reason, 'throughput') IN ('throughput', 'daily-cap')`
    : sql``;
  return all<{ id: EntryId }>(
    db,
    sql`SELECT outbox.entry_id AS id FROM outbox CROSS JOIN broadcast_people ON broadcast_people.entry_id = outbox.entry_id
        WHERE broadcast_id = ${broadcastId} AND outbox.state = 'queued' ${which} LIMIT ${limit}`,
  ).map(({ id }) => id);
}

/** Is any text of it still in the outbox, on the road or looked for? What waits for a person's decision is through. */
export function hasInOutbox(db: ReadableDb, broadcastId: number): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM outbox CROSS JOIN broadcast_people ON broadcast_people.entry_id = outbox.entry_id
          WHERE broadcast_id = ${broadcastId} AND outbox.state <> 'undecided' LIMIT 1`,
    ) !== undefined
  );
}

/** Has the texts that a pause held back looked at again. */
export function releasePaused(db: WritableDb, broadcastId: number, now: number): void {
  run(
    db,
    sql`UPDATE outbox SET not_before = ${now} WHERE state = 'queued' AND hold_reason = 'paused'
        AND entry_id IN (SELECT entry_id FROM broadcast_people WHERE broadcast_id = ${broadcastId} AND state = 'added')`,
  );
}

const outcome: Sql = sql`CASE people.state WHEN 'added' THEN CASE
    WHEN outbox.state = 'queued' AND hold_reason IS NOT NULL THEN 'held'
    WHEN entries.state IN ('queued', 'sending') THEN 'queued'
    WHEN entries.state = 'unknown' THEN 'unknown'
    WHEN entries.state IN ('accepted', 'sent') THEN 'sent'
    WHEN entries.state = 'delivered' THEN 'delivered'
    WHEN failure_kind = 'cancelled' THEN 'cancelled'
    WHEN failure_kind = 'blocked' THEN 'refused'
    ELSE 'failed' END ELSE people.state END`;

const joined: Sql = sql`broadcast_people AS people LEFT JOIN entries ON entries.id = people.entry_id
  LEFT JOIN outbox ON outbox.entry_id = people.entry_id`;

/** How many people came to each outcome. */
export function countOutcomes(db: ReadableDb, broadcastId: number): Record<PersonOutcome, number> {
  const counts = Object.fromEntries(personOutcomeSchema.options.map((each) => [each, 0]));
  const rows = all<{ outcome: PersonOutcome; count: number }>(
    db,
    sql`SELECT ${outcome} AS outcome, count(*) AS count FROM ${joined} WHERE broadcast_id = ${broadcastId} GROUP BY 1`,
  );
  for (const row of rows) counts[row.outcome] = row.count;
  return counts as Record<PersonOutcome, number>;
}

type Row = Omit<Person, 'because'> & {
  readonly because: string | null;
  readonly held: string | null;
  readonly failureKind: FailureKind | null;
  readonly failureRaw: string | null;
};

export type PeoplePage = {
  readonly broadcastId: number;
  readonly outcome: PersonOutcome | null;
  readonly after: number | null;
  readonly limit: number;
};

/** A page of the people, in their order; `next` is the position to go on after, null at the end. */
export function pagePeople(
  db: ReadableDb,
  page: PeoplePage,
): { people: Person[]; next: number | null } {
  const only = page.outcome === null ? sql`` : sql`AND ${outcome} = ${page.outcome}`;
  const rows = all<Row>(
    db,
    sql`SELECT position, peer, people.text AS text, ${outcome} AS outcome, because, hold_because AS held,
          failure_kind AS failureKind, failure_raw AS failureRaw, entries.thread_id AS threadId
        FROM ${joined} WHERE broadcast_id = ${page.broadcastId} AND position > ${page.after ?? -1} ${only}
        ORDER BY position LIMIT ${page.limit + 1}`,
  );
  const people = rows.slice(0, page.limit).map(personOf);
  return { people, next: rows.length > page.limit ? (people.at(-1)?.position ?? null) : null };
}

function personOf({ held, failureKind, failureRaw, because, ...person }: Row): Person {
  const told = because ?? (person.outcome === 'held' ? held : null);
  if (told !== null || failureKind === null) return { ...person, because: told };
  const isOurs = failureKind === 'cancelled' || failureKind === 'blocked';
  const words = isOurs ? failureRaw : null;
  return { ...person, because: words ?? failureMeanings[failureKind].sentence };
}
