import { type Repeating, repeatWhenDue } from '#main/clock/repeat-when-due.ts';
import { type Change, announce } from '#main/history/announce.ts';
import {
  type Waiting,
  hasInOutbox,
  listInOutbox,
  listWaiting,
  settlePerson,
} from '#main/history/broadcast-people.ts';
import {
  type BroadcastRow,
  findBroadcast,
  listMoving,
  setBroadcastState,
} from '#main/history/broadcasts.ts';
import { endUnsent } from '#main/history/end-unsent.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { keepStanding } from '#main/history/keep-standing.ts';
import { uidOfName } from '#main/history/uid.ts';
import { transact } from '#main/sqlite/database.ts';
import { judge } from '#shared/compliance/judge.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { BroadcastPurpose } from '#shared/contract/broadcast-commands.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { addOutbound } from './add-outbound.ts';
import { gatherFacts } from './gather-facts.ts';
import type { OutboundDesk } from './outbound-desk.ts';

/** Most texts of one broadcast that wait for room in the outbox, so that a pause is felt at once. */
const mostAhead = 200;
/** Most people settled in one transaction, so that nothing else waits long for the file. */
const mostAtOnce = 50;
/** Between two looks at a broadcast that moves, milliseconds. */
const pauseMs = 250;

const cancelled = 'Its broadcast was cancelled.';

/** Why the texts of a broadcast are sent: what is no marketing is begun by us all the same. */
export const purposeOf = (purpose: BroadcastPurpose): Purpose =>
  purpose === 'marketing' ? 'marketing' : 'outreach';

/**
 * Puts the texts of broadcasts into the outbox, a few at a time and never far ahead of what leaves; takes back those of one
 * that was cancelled. Each text's uid is a digest of broadcast and number, and its person is settled in its transaction, so
 * that after a kill at any moment nobody is texted twice and nobody left out.
 * @param moved hears of each broadcast that moved
 */
export function feedBroadcasts(
  desk: OutboundDesk,
  lent: { readonly wakeOutbox: () => void; readonly moved: (broadcastId: number) => void },
): Repeating {
  const lookAt = new Map<number, number>();
  return repeatWhenDue(desk.clock, {
    async work() {
      lookAt.clear();
      for (const { id } of listMoving(desk.db)) {
        const at = await move(desk, id, lent);
        if (at !== null) lookAt.set(id, at);
      }
      return true;
    },
    nextAt: () => (lookAt.size === 0 ? null : Math.min(...lookAt.values())),
  });
}

type Lent = Parameters<typeof feedBroadcasts>[1];

/** Moves one broadcast on as far as there is room. Returns when to look again; null where somebody's deed will wake us. */
async function move(
  desk: OutboundDesk,
  id: number,
  { wakeOutbox, moved }: Lent,
): Promise<number | null> {
  for (;;) {
    if (!desk.db.open) return null;
    const broadcast = findBroadcast(desk.db, id);
    const step = broadcast && stepOf(desk, broadcast);
    if (!step) return null;
    if (step.kind === 'later') return step.at;
    const changes = transact(desk.db, step.deed);
    announce(desk.db, desk.tell, changes);
    moved(id);
    wakeOutbox();
    // Between two batches others have their turn, a pause or an opt-out among them.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Step =
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'now'; readonly deed: () => Change[] };

function stepOf(desk: OutboundDesk, broadcast: BroadcastRow): Step | null {
  const now = desk.clock.now();
  if (broadcast.state === 'cancelling')
    return { kind: 'now', deed: () => takeBack(desk, broadcast.id) };
  if (broadcast.state !== 'running') return null;
  if (broadcast.beginsAt === null || now < broadcast.beginsAt)
    return { kind: 'later', at: broadcast.beginsAt ?? now + pauseMs };
  const ahead = listInOutbox(desk.db, broadcast.id, { limit: mostAhead, soon: true }).length;
  const room = Math.min(mostAtOnce, mostAhead - ahead);
  const next = room > 0 ? listWaiting(desk.db, broadcast.id, room) : [];
  if (next.length > 0) return { kind: 'now', deed: () => feed(desk, broadcast, next) };
  if (room === 0 || hasInOutbox(desk.db, broadcast.id)) return { kind: 'later', at: now + pauseMs };
  return { kind: 'now', deed: () => end(desk, broadcast.id, 'done') };
}

function feed(desk: OutboundDesk, broadcast: BroadcastRow, people: readonly Waiting[]): Change[] {
  return people.flatMap((person) => feedOne(desk, broadcast, person));
}

function feedOne(desk: OutboundDesk, broadcast: BroadcastRow, person: Waiting): Change[] {
  const place = { broadcastId: broadcast.id, position: person.position };
  const uid = uidOfName(`broadcast/${broadcast.uid}/${person.peer}`);
  const known = findEntryByUid(desk.db, uid);
  const added = known?.id ?? addOne(desk, broadcast, { ...person, uid });
  if (typeof added === 'string') {
    settlePerson(desk.db, place, { state: 'refused', because: added });
    return [];
  }
  settlePerson(desk.db, place, { state: 'added', entryId: added });
  return [{ kind: 'entry-added', entryId: added }];
}

/* The text of one person, judged like any other; a sentence where it may not leave. It is no answer to what they asked, so
   their conversation stays as done and as unanswered as it was. */
function addOne(
  desk: OutboundDesk,
  { lineId, purpose }: BroadcastRow,
  { uid, peer, text }: Waiting & { readonly uid: string },
): EntryId | string {
  const input = { uid, target: { lineId, to: peer }, text };
  try {
    const gathered = gatherFacts(desk, input, { purpose: purposeOf(purpose) });
    const verdict = judge(gathered.facts);
    if (verdict.kind === 'refused') return `${verdict.because} ${verdict.cure}`;
    const waiting = verdict.kind === 'waits' ? verdict : null;
    return keepStanding(desk.db, { lineId, peer }, () =>
      addOutbound(desk, input, { ...gathered, waiting, isAutomatic: true }),
    );
  } catch (error) {
    if (error instanceof CommandFailure) return error.message;
    throw error;
  }
}

function takeBack(desk: OutboundDesk, id: number): Change[] {
  const people = listWaiting(desk.db, id, mostAtOnce);
  for (const { position } of people)
    settlePerson(
      desk.db,
      { broadcastId: id, position },
      { state: 'cancelled', because: cancelled },
    );
  const queued = listInOutbox(desk.db, id, { limit: mostAtOnce, soon: false });
  const unsent = { failure: { kind: 'cancelled', raw: cancelled }, at: desk.clock.now() } as const;
  for (const entryId of queued) endUnsent(desk.db, entryId, unsent);
  if (people.length + queued.length === 0) return end(desk, id, 'cancelled');
  return queued.map((entryId) => ({ kind: 'entry-changed', entryId }));
}

function end({ db }: OutboundDesk, id: number, state: 'done' | 'cancelled'): Change[] {
  setBroadcastState(db, id, state);
  return [];
}
