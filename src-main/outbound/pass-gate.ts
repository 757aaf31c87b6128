import type { Change } from '#main/history/announce.ts';
import { addAttempt } from '#main/history/attempts.ts';
import { endUnsent } from '#main/history/end-unsent.ts';
import { holdText } from '#main/history/held.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { type OutboxRow, markSending } from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { judge } from '#shared/compliance/judge.ts';
import { type Verdict, type Waiting, refuse, wait } from '#shared/compliance/verdict.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { LineId } from '#shared/message/line.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { askToOptIn } from './ask-to-opt-in.ts';
import { gatherQueued } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { type Leaving, askThrottle, spendThrottle } from './throttle.ts';

const lineIsGone = refuse(
  'line',
  'The line of this text is no longer there.',
  'Write it again over another line.',
  'supervisor',
);

/**
 * The last door: judges a text that is due once more, by what is known in this very transaction, and marks it as on the road,
 * holds it back, or ends it. What was committed before, such as an opt-out, is known here; call it in a transaction.
 * @param asked takes what is to be told of a question that this led to
 * @returns whether the text may leave
 */
export function passGate(desk: OutboundDesk, row: OutboxRow, asked?: Change[]): boolean {
  const verdict = judgeNow(desk, row);
  switch (verdict.kind) {
    case 'allowed':
      putOnRoad(desk, row);
      return true;
    case 'waits':
      hold(desk, row.entryId, verdict);
      asked?.push(...askHere(desk, row, verdict));
      return false;
    case 'refused': {
      const raw = `${verdict.because} ${verdict.cure}`;
      const failure = { kind: 'blocked', raw } as const;
      endUnsent(desk.db, row.entryId, { failure, at: desk.clock.now() });
      return false;
    }
  }
}

/* Its other reasons to wait may be over only now. */
function askHere(desk: OutboundDesk, row: OutboxRow, verdict: Verdict): Change[] {
  const line = findLineByNumber(desk.db, row.connectionId, row.request.from);
  const facts = line === undefined ? null : gatherQueued(desk, row, line);
  return askToOptIn(desk, { verdict, facts, threadId: row.threadId });
}

function judgeNow(desk: OutboundDesk, row: OutboxRow): Verdict {
  const line = findLineByNumber(desk.db, row.connectionId, row.request.from);
  if (line === undefined) return lineIsGone;
  const verdict = judge(gatherQueued(desk, row, line));
  if (verdict.kind !== 'allowed') return verdict;
  // Asked last: who asks and has to wait gets a place in the queue.
  const { db, clock } = desk;
  const text = weigh(row, line.id);
  const throttled = askThrottle(db, text, clock.now());
  if (throttled !== null) return wait({ ...throttled, cure: leavesByItself, who: 'nobody' });
  spendThrottle(db, text, clock.now());
  return verdict;
}

const leavesByItself = 'It leaves by itself when there is room.';

function weigh({ request, connectionId, purpose, entryId }: OutboxRow, lineId: LineId): Leaving {
  const isMms = (request.mediaIds?.length ?? 0) > 0;
  const segments = isMms ? 0 : analyzeText(request.text).segments.length;
  return { lineId, connectionId, peer: request.to, segments, isMms, purpose, entryId };
}

function putOnRoad(desk: OutboundDesk, { entryId, attempt, connectionId }: OutboxRow): void {
  const at = desk.clock.now();
  markSending(desk.db, entryId, desk.bootId);
  addAttempt(desk.db, { entryId, attempt, connectionId, startedAt: at });
  addReceipt(desk.db, {
    entryId,
    attempt,
    state: 'sending',
    failure: null,
    source: 'own',
    at,
    happenedAt: null,
  });
  showChangedEntry(desk.db, entryId);
}

/* An end that is over already is looked at on the next turn, never again on this one. */
function hold({ db, clock }: OutboundDesk, entryId: EntryId, waiting: Waiting): void {
  const { until } = waiting;
  holdText(db, entryId, {
    ...waiting,
    until: until === null ? null : Math.max(until, clock.now() + 1),
  });
  showChangedEntry(db, entryId);
}
