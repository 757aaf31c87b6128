import { repeatWhenDue } from '#main/clock/repeat-when-due.ts';
import { type CheckPlan, listCheckPlans, saveCheckPlan } from '#main/history/check-plans.ts';
import { type Check, listWaitingChecks, noteMissing, noteNotSent } from '#main/history/checks.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import type { OutboundDesk } from '#main/outbound/outbound-desk.ts';
import { sendCheck, startCheck } from '#main/outbound/send-check.ts';
import { checkPatience } from '#shared/message/check.ts';
import { failureMeanings } from '#shared/provider/send-failure.ts';

const hour = 3_600_000;

export type ChecksDesk = {
  /** For texts that leave: connections that are switched off are not there. */
  readonly sending: OutboundDesk;
  /** Called after a text was put into the outbox. */
  wakeOutbox(): void;
  /** Called after a check began or ended. */
  touch(): void;
};

/** Sends the checks that are planned, and gives up those that do not arrive; what waited when the program ended is waited for on. */
export function keepChecks(desk: ChecksDesk): { wake(): void; stop(): void } {
  const { sending } = desk;
  const { db, clock } = sending;
  const begin = (plan: CheckPlan): void => {
    // First, so that one which cannot be sent is not tried without end.
    saveCheckPlan(db, { ...plan, nextAt: clock.now() + plan.everyHours * hour });
    startCheck(sending, plan);
  };
  return repeatWhenDue(clock, {
    work() {
      const waiting = listWaitingChecks(db);
      const due = listCheckPlans(db).filter(({ nextAt }) => nextAt <= clock.now());
      for (const check of waiting) look(sending, check);
      for (const plan of due) begin(plan);
      if (waiting.length + due.length === 0) return true;
      desk.wakeOutbox();
      desk.touch();
      return true;
    },
    nextAt() {
      const times = [
        ...listWaitingChecks(db).map(({ startedAt }) => startedAt + checkPatience),
        ...listCheckPlans(db).map(({ nextAt }) => nextAt),
      ];
      return times.length === 0 ? null : Math.min(...times);
    },
  });
}

/** Ends a check that could not be sent, or that has been waited for long enough. */
function look(desk: OutboundDesk, check: Check): void {
  const { db, clock } = desk;
  sendCheck(desk, check);
  const entry = findEntryByUid(db, check.uid);
  if (entry?.kind === 'text' && entry.state === 'failed')
    noteNotSent(db, check.id, entry.failure === null ? 'It failed' : wordsOf(entry.failure.kind));
  else if (clock.now() >= check.startedAt + checkPatience) noteMissing(db, check.id);
}

const wordsOf = (kind: keyof typeof failureMeanings): string => failureMeanings[kind].sentence;
