import { createHash } from 'node:crypto';

import {
  type ReadableDb,
  type WritableDb,
  all,
  each,
  first,
  run,
  runOne,
} from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import {
  type ConsentPlace,
  type ConsentState,
  consentState,
} from '#shared/compliance/consent-state.ts';

/** A row as it is kept, for whoever proves the chain to somebody else. */
export type ChainedEvent = {
  readonly id: number;
  /** The event as canonical JSON: the very octets that were hashed. */
  readonly event: string;
  /** 32 octets each: the hash of the row before (zeros before the first), and SHA-256 over that and the event. */
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
};

/**
 * Appends an event to the ledger. Call it in the transaction of what it records. An event whose uid is known changes nothing.
 * @returns whether it was new
 */
export function appendConsent(db: WritableDb, event: ConsentEvent): boolean {
  if (first(db, sql`SELECT 1 FROM consent_events WHERE uid = ${event.uid}`)) return false;
  const { count, hash: previous } = readHead(db);
  const bytes = canonical(event);
  const hash = chain(previous, bytes);
  run(
    db,
    sql`INSERT INTO consent_events (id, event, previous, hash) VALUES (${count + 1}, ${bytes}, ${previous}, ${hash})`,
  );
  runOne(db, sql`UPDATE consent_head SET count = ${count + 1}, hash = ${hash} WHERE id = 1`);
  return true;
}

type Head = { readonly count: number; readonly hash: Uint8Array };

/** How many events there are, and the hash of the last. */
export function readHead(db: ReadableDb): Head {
  const head = first<Head>(db, sql`SELECT count, hash FROM consent_head WHERE id = 1`);
  if (head === undefined) throw new Error('the consent ledger has no head');
  return head;
}

/** Names in order and no space: the same event is the same octets wherever it is written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`;
}

/** The hash of an event behind this one. */
export function chain(previous: Uint8Array, event: string): Uint8Array {
  return createHash('sha256').update(previous).update(event, 'utf8').digest();
}

/** Every event of a number, in the order in which this desktop heard of them. */
export function listConsent(db: ReadableDb, number: string): ConsentEvent[] {
  return listChained(db, number).map(({ event }) => JSON.parse(event) as ConsentEvent);
}

export function listChained(db: ReadableDb, number: string): ChainedEvent[] {
  return all<ChainedEvent>(
    db,
    sql`SELECT id, event, previous, hash FROM consent_events WHERE number = ${number} ORDER BY id`,
  );
}

/** Every row of the ledger in its order. */
export function eachChained(db: ReadableDb): IterableIterator<ChainedEvent> {
  return each<ChainedEvent>(
    db,
    sql`SELECT id, event, previous, hash FROM consent_events ORDER BY id`,
  );
}

/** Where a number's consent stands: now, or as it was at a moment. */
export function readConsentState(
  db: ReadableDb,
  number: string,
  when: { readonly now: number; readonly asOf?: number; readonly place?: ConsentPlace },
): ConsentState {
  return consentState(listConsent(db, number), when);
}
