import { repeatWhenDue } from '#main/clock/repeat-when-due.ts';
import { findConnection, noteSwept } from '#main/history/connections.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { SessionState } from '#shared/provider/provider.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

import type { ConnectionBook, OpenedConnection } from './connection-book.ts';
import { type ConnectionHealth, inTrouble, isMomentary } from './connection-health.ts';
import { GapFilling } from './fill-gaps.ts';
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

export type KeepingInStep = {
  wake(): void;
  /** Begins nothing more, and waits for the page under way: a carrier may tell a text only once. */
  stop(): Promise<void>;
};

/**
 * Keeps our history in step with the carriers' own lists: a sweep now and then that finds what a webhook should have told
 * and did not, and for carriers that cannot reach us, polling as the road by which texts come in. Where a hole in what came
 * in was noticed, the list is read around it at once, however long ago it is.
 */
export function keepInStep({ desk, clock, book, health, touch }: StepParts): KeepingInStep {
  const dueAt = new Map<string, number>();
  const callsDueAt = new Map<string, number>();
  const callsTrouble = new Map<string, SessionState | null>();
  let isStopped = false;
  let underWay: Promise<unknown> = Promise.resolve();
  const compare = async (opened: OpenedConnection): Promise<void> => {
    const { id } = opened.connection;
    dueAt.set(id, clock.now() + pauseOf(opened));
    const calls = (callsDueAt.get(id) ?? 0) <= clock.now();
    if (calls) callsDueAt.set(id, clock.now() + callsEvery);
    const { said, failedCalls } = await sweep(desk, opened, { calls, isStopped: () => isStopped });
    if (isStopped) return;
    if (calls) callsTrouble.set(id, failedCalls);
    health.noteListing(id, said ?? callsTrouble.get(id) ?? null);
    touch();
  };
  const gaps = new GapFilling(desk);
  const fill = async (opened: OpenedConnection): Promise<void> => {
    await gaps.fill(opened, () => isStopped);
    if (!isStopped) touch();
  };
  const isDue = (at: number | null): boolean => at !== null && at <= clock.now();
  const sweepDueAt = ({ connection }: OpenedConnection): number => dueAt.get(connection.id) ?? 0;
  const track = async (deed: Promise<void>): Promise<void> => {
    underWay = deed.catch(() => undefined);
    await deed;
  };
  const loop = repeatWhenDue(clock, {
    work: async () => {
      for (const opened of listing(book)) {
        if (!isStopped && isDue(gaps.dueAt(opened))) await track(fill(opened));
        if (!isStopped && isDue(sweepDueAt(opened))) await track(compare(opened));
      }
      return true;
    },
    nextAt: () => {
      const times = listing(book).flatMap((opened) => [
        sweepDueAt(opened),
        gaps.dueAt(opened) ?? Infinity,
      ]);
      return times.length === 0 ? null : Math.min(...times);
    },
  });
  return {
    wake: () => loop.wake(),
    async stop() {
      isStopped = true;
      loop.stop();
      await underWay;
    },
  };
}

const listing = (book: ConnectionBook): OpenedConnection[] =>
  book
    .all()
    .filter(({ adapter, connection }) => adapter.listTexts !== undefined && !connection.disabled);

function pauseOf({ connection, adapter, baseUrl }: OpenedConnection): number {
  const road = inboundRoadOf({ connection, capabilities: adapter.capabilities }, baseUrl);
  return road === 'polling' ? pollEvery : sweepEvery;
}

type Manner = { readonly calls: boolean; isStopped(): boolean };

/** What is to be said of the connection after a comparing, null where nothing is; and of its call records alone. */
type Swept = { readonly said: SessionState | null; readonly failedCalls: SessionState | null };

/** Compares the lists once. */
async function sweep(desk: SyncDesk, opened: OpenedConnection, manner: Manner): Promise<Swept> {
  const { id } = opened.connection;
  const now = desk.now();
  const sweptUntil = findConnection(desk.db, id)?.sweptUntil ?? now;
  const { calls, isStopped } = manner;
  const wanted = calls ? Math.min(sweptUntil, now - callsEvery) : sweptUntil;
  const since = Math.max(wanted - overlap, now - furthestBack);
  const sync = await syncHistory(desk, {
    opened,
    span: { since, until: now + overlap, unread: true, calls },
    onProgress: () => undefined,
    isCancelled: isStopped,
  });
  if (sync.textsFailure !== null) return { said: inTrouble(sync.textsFailure), failedCalls: null };
  // Call records that are not to be had at all must not keep the texts from being up to date.
  const isWhole = sync.failure === null || !isMomentary(sync.failure);
  if (isWhole && !isStopped()) noteSwept(desk.db, id, now);
  return { said: sayRecovered(opened, sync), failedCalls: sayOfCalls(sync) };
}

function sayRecovered(
  { connection, adapter, baseUrl }: OpenedConnection,
  { texts, calls }: Sync,
): SessionState | null {
  const road = inboundRoadOf({ connection, capabilities: adapter.capabilities }, baseUrl);
  const recovered = texts + calls;
  if (recovered === 0 || road !== 'webhook') return null;
  return { state: 'ok', sentence: wordsFor(recovered) };
}

function sayOfCalls({ failure }: Sync): SessionState | null {
  if (failure === null) return null;
  const why = failureMeanings[failure.kind].short;
  return { state: 'ok', sentence: `Connected; its call records cannot be read: ${why}` };
}

const wordsFor = (recovered: number): string =>
  `Connected; ${recovered} ${recovered === 1 ? 'text or call was' : 'texts or calls were'} recovered from the carrier’s list`;
