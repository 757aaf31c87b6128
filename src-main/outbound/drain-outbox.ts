import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { type Change, announce } from '#main/history/announce.ts';
import {
  type OutboxRow,
  listConnectionsReady,
  listReadyToSend,
  nextDueAt,
} from '#main/history/outbox.ts';
import { takeClockSetBack } from '#main/history/spent.ts';
import { releaseThrottled } from '#main/history/throttled.ts';
import { log } from '#main/log/log.ts';
import { transact } from '#main/sqlite/database.ts';
import type { ProviderAdapter, SendOutcome } from '#shared/provider/provider.ts';

import { handOver } from './hand-over.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { paceTexts } from './pace-texts.ts';
import { passGate } from './pass-gate.ts';
import { recordOutcome } from './record-outcome.ts';

export type OutboxDrain = Repeating & {
  /** Resolves when nothing is on the road any more. */
  settled(): Promise<void>;
};

/** Sends what is due, a few texts at once on each connection and one at a time in each thread. */
export function drainOutbox(desk: OutboundDesk): OutboxDrain {
  const underWay = new Map<string, Set<Promise<void>>>();
  const pace = paceTexts(desk);
  const loop = repeatWhenDue(desk.clock, {
    work: () => startDue(desk, { underWay, pace, wake: loop.wake }),
    nextAt: () => nextDueAt(desk.db, 'queued'),
  });
  return {
    ...loop,
    settled: async () =>
      void (await Promise.all([...underWay.values()].flatMap((each) => [...each]))),
  };
}

type Round = {
  readonly underWay: Map<string, Set<Promise<void>>>;
  readonly pace: (row: OutboxRow) => Promise<() => void>;
  readonly wake: () => void;
};

/** Starts every send there is room for. Returns false where some have to wait for one of these to end. */
async function startDue(desk: OutboundDesk, round: Round): Promise<boolean> {
  takeSetBack(desk);
  let begunAll = true;
  for (const id of listConnectionsReady(desk.db, desk.clock.now()))
    begunAll = (await startOn(desk, { ...round, id })) && begunAll;
  return begunAll;
}

/* Where the clock was set back, what waits for a limit would wait for a time that was never meant. */
function takeSetBack({ db, clock }: OutboundDesk): void {
  const now = clock.now();
  transact(db, () => {
    if (takeClockSetBack(db, now)) releaseThrottled(db, now);
  });
}

type Place = Round & { readonly id: string };

/** Due texts judged in one transaction, so that thousands that have to wait stop nothing else meanwhile. */
const mostAtOnce = 100;

async function startOn(desk: OutboundDesk, { id, underWay, pace, wake }: Place): Promise<boolean> {
  const here = underWay.get(id) ?? new Set();
  underWay.set(id, here);
  for (;;) {
    const adapter = desk.adapterOf(id);
    const room = (adapter?.capabilities.parallelSends ?? 0) - here.size;
    if (adapter === undefined || room <= 0) return false;
    const { claimed, putAside, seen } = claim(desk, id, room);
    for (const row of claimed) {
      const sending = sendOne({ desk, pace }, row, adapter).finally(() => {
        here.delete(sending);
        wake();
      });
      here.add(sending);
    }
    if (claimed.length === room) return false;
    if (putAside === 0) return true;
    if (seen === mostAtOnce) await new Promise((resolve) => setImmediate(resolve));
    if (!desk.db.open) return true;
  }
}

type Claim = {
  readonly claimed: readonly OutboxRow[];
  /** How many were held back or ended: behind each may stand another of its conversation. */
  readonly putAside: number;
  readonly seen: number;
};

/** Commits which due texts are on the road, at most `room`; only then may the first byte of any of them leave. */
function claim(desk: OutboundDesk, connectionId: string, room: number): Claim {
  const { db, clock } = desk;
  const [claimed, putAside]: [OutboxRow[], OutboxRow[]] = [[], []];
  const asked: Change[] = [];
  transact(db, () => {
    const due = listReadyToSend(db, { connectionId, now: clock.now(), limit: mostAtOnce });
    for (const row of due) {
      if (claimed.length === room) break;
      (passGate(desk, row, asked) ? claimed : putAside).push(row);
    }
  });
  const judged = [...claimed, ...putAside];
  const changed = judged.map(({ entryId }): Change => ({ kind: 'entry-changed', entryId }));
  announce(db, desk.tell, [...changed, ...asked]);
  return { claimed, putAside: putAside.length, seen: judged.length };
}

async function sendOne(
  { desk, pace }: Pick<Round, 'pace'> & { readonly desk: OutboundDesk },
  row: OutboxRow,
  adapter: ProviderAdapter,
): Promise<void> {
  const answered = await pace(row);
  const outcome = await handOver(desk, row, adapter).finally(answered);
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
