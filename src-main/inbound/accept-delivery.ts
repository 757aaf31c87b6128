import { type Change, announce } from '#main/history/announce.ts';
import { keepForAttention } from '#main/history/attention.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { transact } from '#main/sqlite/database.ts';
import type { DeliveryEvent, RawDelivery } from '#shared/provider/provider.ts';

import { applyEvent } from './apply-event.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { readDelivery } from './read-delivery.ts';

/** A delivery as the log of this name numbers it. */
export type NumberedDelivery = {
  readonly log: string;
  readonly seq: number;
  readonly raw: RawDelivery;
};

/**
 * The whole story of a delivery: it is understood, and then in one transaction everything it says is written down together
 * with the log's cursor, so that after a kill at any moment it has been taken in wholly or not at all. Only then is it told.
 */
export function acceptDelivery(desk: InboundDesk, { log, seq, raw }: NumberedDelivery): void {
  const reading = readDelivery(desk.adapterOf(raw.connectionId), raw);
  const changes = transact(desk.db, () => {
    if (seq <= readCursor(desk.db, log)) return [];
    moveCursor(desk.db, log, seq);
    if (reading.kind === 'understood') return applyAll(desk, raw, reading.events);
    keepForAttention(desk.db, raw, reading.problem);
    return [];
  });
  announce(desk.db, desk.tell, changes);
  desk.wakeMedia();
}

/** Writes down everything a delivery said, in its order. */
export function applyAll(
  desk: InboundDesk,
  raw: RawDelivery,
  events: readonly DeliveryEvent[],
): Change[] {
  return events.flatMap((event) => applyEvent(desk, raw, event));
}
