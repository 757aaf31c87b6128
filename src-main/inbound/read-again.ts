import { announce } from '#main/history/announce.ts';
import { findAttention, removeAttention } from '#main/history/attention.ts';
import { transact } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { applyAll } from './accept-delivery.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { readDelivery } from './read-delivery.ts';

/** Reads a delivery that needs attention once more; understood, it takes its place in the history. */
export function readAgain(desk: InboundDesk, id: number): boolean {
  const kept = findAttention(desk.db, id);
  if (kept === undefined)
    throw new CommandFailure('not-found', 'This delivery is no longer waiting for attention.');
  const reading = readDelivery(desk.adapterOf(kept.delivery.connectionId), kept.delivery);
  if (reading.kind === 'unreadable') return false;
  const changes = transact(desk.db, () => {
    removeAttention(desk.db, id);
    return applyAll(desk, kept.delivery, reading.events);
  });
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
  return true;
}
