import { findStanding } from '#main/history/broadcasts.ts';
import { findPlan } from '#main/history/scheduled.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { missedAfterMs } from '#shared/compliance/judge-planned.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import type { EntryId } from '#shared/message/entry.ts';

/** What was planned for a text in the outbox: its time, and the broadcast it is of. Reads, and decides nothing. */
export function gatherPlans(
  db: ReadableDb,
  entryId: EntryId,
  now: number,
): Pick<SendFacts, 'planned' | 'broadcast'> {
  const plan = findPlan(db, entryId);
  // What was looked at in time is held for another reason since, or has left.
  const wasWaiting = plan?.holdReason === 'scheduled' || plan?.holdReason === 'paused';
  return {
    planned: plan
      ? {
          dueAt: plan.dueAt,
          zone: plan.zone,
          isMissed: wasWaiting && now - plan.dueAt > missedAfterMs,
        }
      : null,
    broadcast: findStanding(db, entryId),
  };
}
