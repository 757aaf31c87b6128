import { type Change, announce } from '#main/history/announce.ts';
import { findEntry } from '#main/history/entries.ts';
import { giveBackAttempt } from '#main/history/give-back-attempt.ts';
import { type Learnt, learn } from '#main/history/learn.ts';
import {
  type OutboxRow,
  findInOutbox,
  markQueuedAgain,
  markUnknown,
  removeFromOutbox,
} from '#main/history/outbox.ts';
import { addReceipt, listReceipts } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { transact } from '#main/sqlite/database.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { OutboundDesk } from './outbound-desk.ts';
import { retryDelay } from './retry-delay.ts';

/** A text the carrier would not take is given up after this many tries: about an hour of growing pauses. */
const mostTries = 12;

/** A text that could not reach the carrier at all waits for the line this long, in milliseconds: a day. */
const longestWaitForLine = 86_400_000;

/** Looked for first after this many milliseconds where a carrier does not say. */
const firstLookAfter = 15_000;

/** Writes down how a send ended, in one transaction, and tells it. A receipt that came first is never overruled. */
export function recordOutcome(desk: OutboundDesk, row: OutboxRow, outcome: SendOutcome): void {
  const changes = transact(desk.db, () => {
    switch (outcome.kind) {
      case 'accepted':
        return learn(desk.db, {
          ...learntFrom(desk, row),
          state: 'accepted',
          providerId: outcome.providerMessageId,
        });
      case 'refused':
        return learn(desk.db, {
          ...learntFrom(desk, row),
          state: 'failed',
          failure: outcome.failure,
        });
      case 'unsent':
        return isStillSending(desk, row) ? queueAgain(desk, row, outcome) : [];
      case 'unknown':
        return isStillSending(desk, row) ? becomeUnknown(desk, row, outcome) : [];
    }
  });
  announce(desk.db, desk.tell, changes);
  desk.noteOutcome(row.connectionId, outcome);
  if (outcome.kind === 'unknown') desk.wakeReconcile();
}

function learntFrom(desk: OutboundDesk, row: OutboxRow): Omit<Learnt, 'state'> {
  const { entryId, attempt, connectionId } = row;
  return {
    entryId,
    attempt,
    connectionId,
    providerId: null,
    failure: null,
    source: 'answer',
    at: desk.clock.now(),
    happenedAt: null,
  };
}

function isStillSending(desk: OutboundDesk, row: OutboxRow): boolean {
  const now = findInOutbox(desk.db, row.entryId);
  return now?.state === 'sending' && now.attempt === row.attempt;
}

function queueAgain(
  desk: OutboundDesk,
  row: OutboxRow,
  outcome: SendOutcome & { kind: 'unsent' },
): Change[] {
  const { failure, retryAfterMs } = outcome;
  const at = desk.clock.now();
  const { entryId } = row;
  giveBackAttempt(desk.db, row);
  if (isDelivered(desk, row)) return endHere(desk, row);
  if (isGivenUp(desk, row, failure))
    return learn(desk.db, { ...learntFrom(desk, row), state: 'failed', failure });
  addReceipt(desk.db, {
    entryId,
    attempt: row.attempt + 1,
    state: 'queued',
    failure,
    source: 'answer',
    at,
    happenedAt: null,
  });
  markQueuedAgain(desk.db, entryId, at + (retryAfterMs ?? retryDelay(row.tries, desk.random)));
  return showChanged(desk, row);
}

/* An earlier attempt, of which nobody knew, was delivered while this one was on its way: it must not go out once more. */
const isDelivered = (desk: OutboundDesk, { entryId }: OutboxRow): boolean =>
  listReceipts(desk.db, entryId).some(({ state }) => state === 'delivered');

function endHere(desk: OutboundDesk, row: OutboxRow): Change[] {
  removeFromOutbox(desk.db, row.entryId);
  return showChanged(desk, row);
}

/* Offline is nobody's refusal: what waits for the line goes out when it is back, unless that takes a day. */
function isGivenUp(desk: OutboundDesk, row: OutboxRow, failure: SendFailure): boolean {
  if (failure.kind !== 'network') return row.tries + 1 >= mostTries;
  const writtenAt = findEntry(desk.db, row.entryId)?.at ?? 0;
  return desk.clock.now() - writtenAt >= longestWaitForLine;
}

/** Marks a text as possibly taken; from here only the carrier's word or a person's moves it. Call it in a transaction. */
export function becomeUnknown(
  desk: OutboundDesk,
  row: OutboxRow,
  outcome: SendOutcome & { kind: 'unknown' },
): Change[] {
  const at = desk.clock.now();
  const { entryId, attempt, connectionId } = row;
  if (isDelivered(desk, row)) return endHere(desk, row);
  const lookAfter =
    desk.adapterOf(connectionId)?.capabilities.reconcileAfterMs[0] ?? firstLookAfter;
  addReceipt(desk.db, {
    entryId,
    attempt,
    state: 'unknown',
    failure: outcome.failure,
    source: 'own',
    at,
    happenedAt: null,
  });
  markUnknown(desk.db, entryId, at + lookAfter);
  return showChanged(desk, row);
}

function showChanged(desk: OutboundDesk, { entryId }: OutboxRow): Change[] {
  showChangedEntry(desk.db, entryId);
  return [{ kind: 'entry-changed', entryId }];
}
