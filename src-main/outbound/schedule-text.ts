import { announce } from '#main/history/announce.ts';
import { findEntry, findEntryByUid } from '#main/history/entries.ts';
import { holdText, releaseText } from '#main/history/held.ts';
import { findInOutbox, restartWait } from '#main/history/outbox.ts';
import { type Scheduled, findScheduled, saveScheduled } from '#main/history/scheduled.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findThread } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import { judgePlanned } from '#shared/compliance/judge-planned.ts';
import { type SendFacts, judge } from '#shared/compliance/judge.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';

import { addOutbound } from './add-outbound.ts';
import { type Gathered, gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';
import { keepContentReason } from './send-message.ts';

const longestAhead = 366 * 86_400_000;
const hourMs = 3_600_000;

/**
 * Keeps a text until its time. It is judged as of then, so that what will never be allowed is refused while its author is
 * there; it waits in the outbox like any text that is held, and is judged again when its time has come.
 */
export function scheduleText(
  desk: OutboundDesk,
  input: CommandInput<'message.schedule'>,
): CommandOutput<'message.schedule'> {
  if (findEntryByUid(desk.db, input.uid) !== undefined) return answer(desk, input.uid);
  const { dueAt, zone, evenIfTheyWrite, ...text } = input;
  const now = desk.clock.now();
  refuseOddTime(dueAt, now);
  const gathered = gatherFacts(desk, text);
  const facts = factsThen(gathered, dueAt);
  const verdict = judge(facts);
  if (verdict.kind === 'refused') {
    const { field, cure, because } = verdict;
    throw new CommandFailure('refused', because, { field, cure });
  }
  const purpose = facts.purpose ?? gathered.purpose;
  const entryId = transact(desk.db, () => {
    const added = addOutbound(desk, text, { ...gathered, purpose });
    keepContentReason(desk, added, text);
    plan(desk, { entryId: added, dueAt, zone, evenIfTheyWrite });
    return added;
  });
  announce(desk.db, desk.tell, [{ kind: 'entry-added', entryId }]);
  return answer(desk, input.uid);
}

/** Gives a text that waits here another time. */
export function changeTime(desk: OutboundDesk, input: CommandInput<'schedule.change'>): TextEntry {
  refuseOddTime(input.dueAt, desk.clock.now());
  mustBeScheduled(desk, input.entryId);
  transact(desk.db, () => plan(desk, input));
  return tellOf(desk, input.entryId);
}

/** Has a text for later judged now, as if its time had come. */
export function sendNow(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const now = desk.clock.now();
  const scheduled = mustBeScheduled(desk, entryId);
  transact(desk.db, () => {
    keepTime(desk, { ...scheduled, dueAt: now });
    restartWait(desk.db, entryId, now);
    releaseText(desk.db, entryId, now);
    showChangedEntry(desk.db, entryId);
  });
  return tellOf(desk, entryId);
}

function refuseOddTime(dueAt: number, now: number): void {
  const odd = { field: 'dueAt', cure: 'Choose another time.' };
  if (dueAt <= now) throw new CommandFailure('refused', 'This time is past.', odd);
  if (dueAt > now + longestAhead)
    throw new CommandFailure('refused', 'This is more than a year away.', odd);
}

/* Whether the conversation is still live then decides whether it is an answer. */
function factsThen({ facts, purpose }: Gathered, dueAt: number): SendFacts {
  const { lastInboundAt, policy } = facts;
  const isLive = lastInboundAt && policy && dueAt - lastInboundAt < policy.liveHours * hourMs;
  const then = purpose === 'reply' && !isLive ? 'outreach' : purpose;
  return { ...facts, now: dueAt, queuedAt: dueAt, purpose: then };
}

type Plan = Pick<Scheduled, 'entryId' | 'dueAt' | 'zone' | 'evenIfTheyWrite'>;

/* Since when it could have left is its time, not when it was written. */
function plan(desk: OutboundDesk, wanted: Plan): void {
  const { db, clock } = desk;
  const { entryId, dueAt, zone } = wanted;
  const row = findInOutbox(db, entryId);
  if (row === undefined) throw new Error('the text just added is not in the outbox');
  keepTime(desk, { ...wanted, threadId: row.threadId });
  restartWait(db, entryId, dueAt);
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const planned = { dueAt, zone, isMissed: false };
  const waiting = judgePlanned({ planned, now: clock.now(), ownZone } as SendFacts);
  if (waiting?.kind === 'waits') holdText(db, entryId, waiting);
  showChangedEntry(db, entryId);
}

/** Keeps the time and tells the team, whose members see it and leave it alone. */
function keepTime({ db, clock }: OutboundDesk, scheduled: Scheduled): void {
  saveScheduled(db, scheduled);
  const uid = findEntry(db, scheduled.entryId)?.uid;
  if (uid === undefined) return;
  const { dueAt, zone, threadId } = scheduled;
  const place = placeOf(db, threadId);
  tellTeam(db, { kind: 'text-scheduled', at: clock.now(), uid, place, dueAt, zone });
}

function mustBeScheduled({ db }: OutboundDesk, entryId: EntryId): Scheduled {
  const scheduled = findScheduled(db, entryId);
  if (scheduled !== undefined && findInOutbox(db, entryId)?.state === 'queued') return scheduled;
  throw new CommandFailure('refused', 'This text is not waiting for its time any more.', {
    cure: 'Look at its status: it may have left meanwhile.',
  });
}

function tellOf(desk: OutboundDesk, entryId: EntryId): TextEntry {
  announce(desk.db, desk.tell, [{ kind: 'entry-changed', entryId }]);
  const entry = findEntry(desk.db, entryId);
  if (entry?.kind === 'text') return entry;
  throw new Error('the text just given a time is not there');
}

function answer({ db }: OutboundDesk, uid: string): CommandOutput<'message.schedule'> {
  const entry = findEntryByUid(db, uid);
  const thread = entry && findThread(db, entry.threadId);
  if (entry?.kind !== 'text' || thread === undefined)
    throw new Error('the text just added is not there');
  return { entry, thread };
}
