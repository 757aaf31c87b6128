import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { announce } from '#main/history/announce.ts';
import {
  type AttentionRow,
  keepForAttention,
  listToRetry,
  nextRetryAt,
  postponeRetry,
  removeAttention,
} from '#main/history/attention.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { log as writeLog } from '#main/log/log.ts';
import { transact } from '#main/sqlite/database.ts';

import { type NumberedDelivery, acceptDelivery, applyAll } from './accept-delivery.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { readDelivery } from './read-delivery.ts';

const confirmDeadline = 5_000;
const pauseBeforeRetry = 60_000;
const problem =
  'The carrier could not be asked yet whether this is true; it is asked again by itself.';

/**
 * Takes a delivery in. Where the carrier signs nothing, what it tells is only believed after the carrier was asked for its
 * own copy: what it does not know is dropped, and what it cannot be asked about waits, without holding up the others.
 */
export async function confirmAndAccept(
  desk: InboundDesk,
  delivery: NumberedDelivery,
): Promise<void> {
  const { raw } = delivery;
  const confirmation = await desk.adapterOf(raw.connectionId)?.confirm?.(raw, confirmDeadline);
  switch (confirmation?.kind) {
    case undefined:
      return acceptDelivery(desk, delivery);
    case 'confirmed':
      return acceptDelivery(desk, { ...delivery, raw: confirmation.raw });
    case 'denied':
      writeLog('delivery.denied', { connection: raw.connectionId, seq: delivery.seq });
      return passOver(desk, delivery, () => undefined);
    case 'unclear':
      return passOver(desk, delivery, () =>
        keepForAttention(desk.db, raw, { problem, retryAt: desk.clock.now() + pauseBeforeRetry }),
      );
  }
}

function passOver(desk: InboundDesk, { log, seq }: NumberedDelivery, also: () => void): void {
  transact(desk.db, () => {
    if (seq <= readCursor(desk.db, log)) return;
    moveCursor(desk.db, log, seq);
    also();
  });
  desk.wakeInbound();
}

/** Asks again, from minute to minute, about deliveries the carrier could not be asked about. */
export function retryUnconfirmed(desk: InboundDesk): Repeating {
  return repeatWhenDue(desk.clock, {
    work: async () => {
      for (const row of listToRetry(desk.db, desk.clock.now())) await askAgain(desk, row);
      return true;
    },
    nextAt: () => nextRetryAt(desk.db),
  });
}

async function askAgain(desk: InboundDesk, { id, delivery }: AttentionRow): Promise<void> {
  const adapter = desk.adapterOf(delivery.connectionId);
  const confirmation = await adapter?.confirm?.(delivery, confirmDeadline);
  if (confirmation === undefined || confirmation.kind === 'unclear') {
    postponeRetry(desk.db, id, desk.clock.now() + pauseBeforeRetry);
    return;
  }
  const changes = transact(desk.db, () => {
    removeAttention(desk.db, id);
    if (confirmation.kind === 'denied') return [];
    const reading = readDelivery(adapter, confirmation.raw);
    if (reading.kind === 'understood') return applyAll(desk, confirmation.raw, reading.events);
    keepForAttention(desk.db, confirmation.raw, { problem: reading.problem, retryAt: null });
    return [];
  });
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
}
