import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { findConnection, noteSwept } from '#main/history/connections.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { SessionState } from '#shared/provider/provider.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

import type { ConnectionBook, OpenedConnection } from './connection-book.ts';
import { type ConnectionHealth, inTrouble, isMomentary } from './connection-health.ts';
import { inboundRoadOf } from './hook-addresses.ts';
import { type SyncDesk, syncHistory } from './sync-history.ts';

/* How often a carrier's list is compared with ours, and how far back each time goes: milliseconds. */
const sweepEvery = 5 * 60_000;
const pollEvery = 15_000;
const callsEvery = 30 * 60_000;
const overlap = 15 * 60_000;
/* A program that was off for long looks no further back than this by itself; more is the person's to ask for. */
const furthestBack = 72 * 3_600_000;

export type StepParts = {
  readonly desk: SyncDesk;
  readonly clock: Clock;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  /** Called after each comparing, which may have changed what is said of the connection. */
  touch(): void;
};

/**
 * Keeps our history in step with the carriers' own lists: a sweep now and then that finds what a webhook should have told
 * and did not, and for carriers that cannot reach us, polling as the road by which texts come in.
 */
export function keepInStep({ desk, clock, book, health, touch }: StepParts): Repeating {
  const dueAt = new Map<string, number>();
  const callsDueAt = new Map<string, number>();
  return repeatWhenDue(clock, {
    work: async () => {
      for (const opened of listing(book)) {
        const { id } = opened.connection;
        if ((dueAt.get(id) ?? 0) > clock.now()) continue;
        dueAt.set(id, clock.now() + pauseOf(opened));
        const calls = (callsDueAt.get(id) ?? 0) <= clock.now();
        if (calls) callsDueAt.set(id, clock.now() + callsEvery);
        health.noteListing(id, await sweep(desk, opened, calls));
        touch();
      }
      return true;
    },
    nextAt: () => {
      const times = listing(book).map(({ connection }) => dueAt.get(connection.id) ?? clock.now());
      return times.length === 0 ? null : Math.min(...times);
    },
  });
}

const listing = (book: ConnectionBook): OpenedConnection[] =>
  book
    .all()
    .filter(({ adapter, connection }) => adapter.listTexts !== undefined && !connection.disabled);

function pauseOf({ connection, adapter, baseUrl }: OpenedConnection): number {
  const road = inboundRoadOf({ connection, capabilities: adapter.capabilities }, baseUrl);
  return road === 'polling' ? pollEvery : sweepEvery;
}

/** Compares the lists once; what is to be said of the connection after it, null where nothing is. */
async function sweep(
  desk: SyncDesk,
  opened: OpenedConnection,
  calls: boolean,
): Promise<SessionState | null> {
  const { id } = opened.connection;
  const now = desk.now();
  const sweptUntil = findConnection(desk.db, id)?.sweptUntil ?? now;
  const wanted = calls ? Math.min(sweptUntil, now - callsEvery) : sweptUntil;
  const since = Math.max(wanted - overlap, now - furthestBack);
  const sync = await syncHistory(desk, {
    opened,
    span: { since, until: now + overlap, unread: true, calls },
    onProgress: () => undefined,
    isCancelled: () => false,
  });
  if (sync.textsFailure !== null) return inTrouble(sync.textsFailure);
  // Call records that are not to be had at all must not keep the texts from being up to date.
  if (sync.failure === null || !isMomentary(sync.failure)) noteSwept(desk.db, id, now);
  return sayOf(opened, sync);
}

function sayOf(
  { connection, adapter, baseUrl }: OpenedConnection,
  { texts, calls, failure }: Sync,
): SessionState | null {
  const road = inboundRoadOf({ connection, capabilities: adapter.capabilities }, baseUrl);
  const recovered = texts + calls;
  if (recovered > 0 && road === 'webhook') return { state: 'ok', sentence: wordsFor(recovered) };
  if (failure === null) return null;
  const why = failureMeanings[failure.kind].short;
  return { state: 'ok', sentence: `Connected; its call records cannot be read: ${why}` };
}

const wordsFor = (recovered: number): string =>
  `Connected; ${recovered} ${recovered === 1 ? 'text or call was' : 'texts or calls were'} recovered from the carrier’s list`;
