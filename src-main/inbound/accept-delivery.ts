import { type Change, announce } from '#main/history/announce.ts';
import { keepForAttention } from '#main/history/attention.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { log as writeLog } from '#main/log/log.ts';
import { type WritableDb, attempt } from '#main/sqlite/database.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';

import { applyEvent } from './apply-event.ts';
import { noteArrivals } from './arrival.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { noticeGaps } from './notice-gaps.ts';
import { type Reading, readDelivery } from './read-delivery.ts';

/** A delivery as the log of this id numbers it. */
export type NumberedDelivery = {
  readonly log: string;
  readonly seq: number;
  readonly raw: RawDelivery;
  /** The how many-th thing that came in for this number of ours; left out where the log does not count. */
  readonly line?: { readonly number: string; readonly count: number } | null;
};

export const notWritable = 'It was understood, but could not be put into the history.';

/**
 * The whole story of a delivery: it is understood, and then in one transaction everything it says is written down together
 * with the log's cursor, so that after a kill at any moment it has been taken in wholly or not at all. Only then is it told.
 * @throws where the disk refuses; the delivery then comes again
 */
export function acceptDelivery(desk: InboundDesk, delivery: NumberedDelivery): void {
  const reading = readDelivery(desk.adapterOf(delivery.raw.connectionId), delivery.raw);
  const changes = takeInOrder(desk, delivery, () => applyReading(desk, delivery, reading));
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
}

/**
 * Does what a delivery says, in one transaction with the log's cursor; nothing where it was taken in before. What cannot be
 * written down, though the disk is well, must not stand in the way of those behind it, so it is kept for attention.
 * @throws where the disk refuses
 */
export function takeInOrder(
  desk: InboundDesk,
  delivery: NumberedDelivery,
  deed: () => Change[],
): Change[] {
  try {
    return attempt(desk.db, () => (moveOn(desk.db, delivery) ? deed() : []));
  } catch (error) {
    if (storageTroubleOf(error) !== null) throw error;
    writeLog('delivery.not-written', {
      seq: delivery.seq,
      reason: error instanceof Error ? error.name : 'unknown',
    });
    return attempt(desk.db, () =>
      moveOn(desk.db, delivery) ? putBeforePerson(desk, delivery.raw, notWritable) : [],
    );
  }
}

/** Keeps a delivery whole, for a person to see. */
export function putBeforePerson(desk: InboundDesk, raw: RawDelivery, problem: string): Change[] {
  keepForAttention(desk.db, raw, { problem, retryAt: null });
  return [];
}

function applyReading(desk: InboundDesk, delivery: NumberedDelivery, reading: Reading): Change[] {
  const { raw } = delivery;
  if (reading.kind === 'unreadable') return putBeforePerson(desk, raw, reading.problem);
  const changes = applyAll(desk, raw, reading.events);
  noteArrivals(desk.db, delivery, changes);
  return changes;
}

/**
 * Moves the cursor to a delivery, and notices where something before it is missing. False where it was taken in before, and
 * must change nothing. Call it in the transaction that takes the delivery in.
 */
export function moveOn(db: WritableDb, delivery: NumberedDelivery): boolean {
  const { log, seq } = delivery;
  const cursor = readCursor(db, log);
  if (seq <= cursor) return false;
  noticeGaps(db, delivery, cursor);
  moveCursor(db, log, seq);
  return true;
}

/** Writes down everything a delivery said, in its order. Call it in a transaction. */
export function applyAll(
  desk: InboundDesk,
  raw: RawDelivery,
  events: readonly DeliveryEvent[],
): Change[] {
  return events.flatMap((event) => applyEvent(desk, raw, event));
}
