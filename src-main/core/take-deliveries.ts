import type { Desk } from '#main/commands/desk.ts';
import { moveCursor, readCursor } from '#main/history/deliveries-seen.ts';
import { hasOpenGap } from '#main/history/gaps.ts';
import { meetLog } from '#main/history/line-counts.ts';
import { applyTeamEvent } from '#main/inbound/apply-team-event.ts';
import { confirmAndAccept } from '#main/inbound/confirm-delivery.ts';
import { noticeSetBack } from '#main/inbound/notice-gaps.ts';
import { log } from '#main/log/log.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { followLog } from '#main/relay/follow-log.ts';
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
      if (raw.provider === teamProvider) applyTeamEvent(desk, numbered);
      else await confirmAndAccept(desk, numbered);
      if (hasOpenGap(db)) onGap();
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
