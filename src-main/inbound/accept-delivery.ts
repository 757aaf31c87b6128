import { type Change, announce } from '#main/history/announce.ts';
import { keepForAttention } from '#main/history/attention.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { log as writeLog } from '#main/log/log.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/delivery.ts';

import { applyEvent } from './apply-event.ts';
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
  const changes = writeDownOrKeep(desk, delivery, reading);
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
}

/* A delivery that cannot be written down, though the disk is well, must not stand in the way of those behind it. */
function writeDownOrKeep(
  desk: InboundDesk,
  delivery: NumberedDelivery,
  reading: Reading,
): Change[] {
  try {
    return writeDown(desk, delivery, reading);
  } catch (error) {
    if (storageTroubleOf(error) !== null) throw error;
    writeLog('delivery.not-written', {
      seq: delivery.seq,
      reason: error instanceof Error ? error.name : 'unknown',
    });
    return writeDown(desk, delivery, {
      kind: 'unreadable',
      problem: notWritable,
    });
  }
}

function writeDown(desk: InboundDesk, delivery: NumberedDelivery, reading: Reading): Change[] {
  const { raw } = delivery;
  return transact(desk.db, () => {
    if (!moveOn(desk.db, delivery)) return [];
    if (reading.kind === 'understood') return applyAll(desk, raw, reading.events);
    keepForAttention(desk.db, raw, { problem: reading.problem, retryAt: null });
    return [];
  });
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
