import type { Desk } from '#main/commands/desk.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { hasOpenGap } from '#main/history/gaps.ts';
import { meetLog } from '#main/history/line-counts.ts';
import { type NumberedDelivery, acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { applyTeamEvent } from '#main/inbound/apply-team-event.ts';
import { confirmAndAccept } from '#main/inbound/confirm-delivery.ts';
import { noticeSetBack } from '#main/inbound/notice-gaps.ts';
import { takeTogether } from '#main/inbound/take-together.ts';
import { log } from '#main/log/log.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { followLog } from '#main/relay/follow-log.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { teamProvider } from '#shared/team/team-event.ts';

/** The half of a log that is read, wherever the log is. */
type Readable = Pick<DeliveryLog, 'id' | 'readAfter' | 'onAppended' | 'health'>;

/**
 * Takes a log's deliveries into the history, from where the history stands. `onGap` is called after a delivery while something
 * that came in is known to be missing.
 */
export function takeDeliveries(
  desk: Desk,
  deliveries: Readable,
  onGap: () => void,
): { stop(): Promise<void> } {
  const { db, clock } = desk;
  let met: Promise<void> | null = null;
  let hasMet = false;
  const meet = async (): Promise<void> => {
    const { trimmedThrough } = await deliveries.health();
    meetLog(db, deliveries.id, trimmedThrough);
  };
  return followLog({
    log: deliveries,
    clock,
    cursor: () => readCursor(db, deliveries.id),
    async accept({ seq, raw, line }) {
      await (met ??= meet().catch((error: unknown) => {
        met = null;
        throw error;
      }));
      const numbered = { log: deliveries.id, seq, raw, line };
      if (needsNoAnswer(desk, raw)) takeOne(desk, numbered);
      else await confirmAndAccept(desk, numbered);
      hasMet = true;
      if (hasOpenGap(db)) onGap();
    },
    acceptTogether(page) {
      if (!hasMet) return 0;
      const asked = page.findIndex(({ raw }) => !needsNoAnswer(desk, raw));
      const together = asked < 0 ? page : page.slice(0, asked);
      const numbered = together.map((stored) => ({ ...stored, log: deliveries.id }));
      if (together.length > 0) takeTogether(desk, numbered, takeOne);
      if (hasOpenGap(db)) onGap();
      return together.length;
    },
    onProblem(problem) {
      log(`deliveries.${problem.kind}`, 'seq' in problem ? { seq: problem.seq } : {});
      if (problem.kind !== 'ahead') return;
      // An older log was put back: its numbers begin again, and what is known already is known by its own keys.
      moveCursor(db, deliveries.id, 0);
      noticeSetBack(db, deliveries.id, clock.now());
      onGap();
    },
  });
}

/** Can it be taken at once, as no carrier has to be asked first whether it is true? */
const needsNoAnswer = (desk: Desk, { provider, connectionId }: RawDelivery): boolean =>
  provider === teamProvider || desk.adapterOf(connectionId)?.confirm === undefined;

function takeOne(desk: Desk, delivery: NumberedDelivery): void {
  if (delivery.raw.provider === teamProvider) applyTeamEvent(desk, delivery);
  else acceptDelivery(desk, delivery);
}
