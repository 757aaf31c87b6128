import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { announce } from '#main/history/announce.ts';
import { addAttempt } from '#main/history/attempts.ts';
import {
  type OutboxRow,
  listConnectionsReady,
  listReadyToSend,
  markSending,
  nextDueAt,
} from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { log } from '#main/log/log.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';

import { handOver } from './hand-over.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { recordOutcome } from './record-outcome.ts';

export type OutboxDrain = Repeating & {
  /** Resolves when nothing is on the road any more. */
  settled(): Promise<void>;
};

/** Sends what is due, a few texts at once on each connection and one at a time in each thread. */
export function drainOutbox(desk: OutboundDesk): OutboxDrain {
  const underWay = new Map<string, Set<Promise<void>>>();
  const loop = repeatWhenDue(desk.clock, {
    work: () => startDue(desk, underWay, loop.wake),
    nextAt: () => nextDueAt(desk.db, 'queued'),
  });
  return {
    ...loop,
    settled: async () =>
      void (await Promise.all([...underWay.values()].flatMap((each) => [...each]))),
  };
}

type UnderWay = Map<string, Set<Promise<void>>>;

/** Starts every send there is room for. Returns false where some have to wait for one of these to end. */
function startDue(desk: OutboundDesk, underWay: UnderWay, wake: () => void): boolean {
  const connections = listConnectionsReady(desk.db, desk.clock.now());
  return connections.map((id) => startOn(desk, { id, underWay, wake })).every(Boolean);
}

type Place = { readonly id: string; readonly underWay: UnderWay; readonly wake: () => void };

function startOn(desk: OutboundDesk, { id, underWay, wake }: Place): boolean {
  const adapter = desk.adapterOf(id);
  const here = underWay.get(id) ?? new Set();
  underWay.set(id, here);
  const limit = (adapter?.capabilities.parallelSends ?? 0) - here.size;
  if (adapter === undefined || limit <= 0) return false;
  const rows = listReadyToSend(desk.db, { connectionId: id, now: desk.clock.now(), limit });
  claim(desk, rows);
  for (const row of rows) {
    const sending = sendOne(desk, row, adapter).finally(() => {
      here.delete(sending);
      wake();
    });
    here.add(sending);
  }
  return rows.length < limit;
}

/** Commits that the texts are on the road; only then may the first byte of any of them leave. */
function claim(desk: OutboundDesk, rows: readonly OutboxRow[]): void {
  const at = desk.clock.now();
  transact(desk.db, () => {
    for (const { entryId, attempt, connectionId } of rows) {
      markSending(desk.db, entryId, desk.bootId);
      addAttempt(desk.db, { entryId, attempt, connectionId, startedAt: at });
      addReceipt(desk.db, {
        entryId,
        attempt,
        state: 'sending',
        failure: null,
        source: 'own',
        at,
        happenedAt: null,
      });
      showChangedEntry(desk.db, entryId);
    }
  });
  announce(
    desk.db,
    desk.tell,
    rows.map(({ entryId }) => ({ kind: 'entry-changed', entryId })),
  );
}

async function sendOne(
  desk: OutboundDesk,
  row: OutboxRow,
  adapter: ProviderAdapter,
): Promise<void> {
  const outcome = await handOver(desk, row, adapter);
  await recordAtLast(desk, row, outcome);
}

/* The outcome is known here alone: while the disk refuses, it is kept and tried again, a bounded number of times. What is
   still not written then is looked for in the carrier's list at the next start. */
async function recordAtLast(
  desk: OutboundDesk,
  row: OutboxRow,
  outcome: SendOutcome,
): Promise<void> {
  for (let tries = 0; tries < 60 && desk.db.open; tries += 1) {
    try {
      recordOutcome(desk, row, outcome);
      return;
    } catch (error) {
      log('outcome.not-written', { reason: error instanceof Error ? error.name : 'unknown' });
      await new Promise<void>((resolve) => void desk.clock.after(1_000, resolve));
    }
  }
}
