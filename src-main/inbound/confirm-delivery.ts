import { repeatWhenDue, type Repeating } from '#main/clock/repeat-when-due.ts';
import { type Change, announce } from '#main/history/announce.ts';
import {
  type AttentionRow,
  keepForAttention,
  listToRetry,
  nextRetryAt,
  postponeRetry,
  removeAttention,
} from '#main/history/attention.ts';
import { log as writeLog } from '#main/log/log.ts';
import { transact } from '#main/sqlite/database.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { Confirmation } from '#shared/provider/provider.ts';

import {
  type NumberedDelivery,
  acceptDelivery,
  applyAll,
  moveOn,
  notWritable,
} from './accept-delivery.ts';
import type { InboundDesk } from './inbound-desk.ts';
import { type Reading, readDelivery } from './read-delivery.ts';

const confirmDeadline = 5_000;
/* A carrier's record may come a moment after its call: asked again soon at first, then from minute to minute. */
const firstPause = 2_000;
const longestPause = 60_000;
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
  const confirmation = await confirmSafely(desk, raw);
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
        keepForAttention(desk.db, raw, { problem, retryAt: retryTime(desk, raw) }),
      );
  }
}

/* An adapter that throws has broken its promise; what it tripped over must not stand in the way of the others. */
async function confirmSafely(
  desk: InboundDesk,
  raw: RawDelivery,
): Promise<Confirmation | undefined> {
  try {
    return await desk.adapterOf(raw.connectionId)?.confirm?.(raw, confirmDeadline);
  } catch (error) {
    writeLog('delivery.confirm-broke', { kind: error instanceof Error ? error.name : 'unknown' });
    return { kind: 'unclear', failure: { kind: 'carrier-trouble', raw: null } };
  }
}

function retryTime({ clock }: InboundDesk, { receivedAt }: RawDelivery): number {
  const now = clock.now();
  return now + Math.min(longestPause, Math.max(firstPause, now - receivedAt));
}

function passOver(desk: InboundDesk, delivery: NumberedDelivery, also: () => void): void {
  transact(desk.db, () => {
    if (moveOn(desk.db, delivery)) also();
  });
  desk.wakeInbound();
}

/** Asks again, ever less often, about deliveries the carrier could not be asked about. */
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
  const confirmation = await confirmSafely(desk, delivery);
  if (confirmation === undefined || confirmation.kind === 'unclear') {
    postponeRetry(desk.db, id, retryTime(desk, delivery));
    return;
  }
  const changes =
    confirmation.kind === 'denied' ? drop(desk, id) : takeOrKeep(desk, id, confirmation.raw);
  announce(desk.db, desk.tell, changes);
  desk.wakeInbound();
}

function drop(desk: InboundDesk, id: number): Change[] {
  removeAttention(desk.db, id);
  return [];
}

/* What cannot be written down, though the disk is well, is put before a person instead of being tried for ever. */
function takeOrKeep(desk: InboundDesk, id: number, raw: RawDelivery): Change[] {
  try {
    return take(desk, { id, raw }, readDelivery(desk.adapterOf(raw.connectionId), raw));
  } catch (error) {
    if (storageTroubleOf(error) !== null) throw error;
    return take(desk, { id, raw }, { kind: 'unreadable', problem: notWritable });
  }
}

function take(
  desk: InboundDesk,
  { id, raw }: { readonly id: number; readonly raw: RawDelivery },
  reading: Reading,
): Change[] {
  return transact(desk.db, () => {
    removeAttention(desk.db, id);
    if (reading.kind === 'understood') return applyAll(desk, raw, reading.events);
    keepForAttention(desk.db, raw, { problem: reading.problem, retryAt: null });
    return [];
  });
}
