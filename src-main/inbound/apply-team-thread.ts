import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { hasPending, hasPendingDone, seenKey } from '#main/history/team-outbox.ts';
import { findLastIn, saveDraft, setAssignee, setDone } from '#main/history/threads.ts';
import { markReadByUid } from '#main/history/unread.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

import { findPlace } from './find-place.ts';

type Told<Kind extends TeamEvent['kind']> = Extract<TeamEvent, { kind: Kind }>;

/** These were read, wherever. What is read stays read. */
export function applyRead(db: WritableDb, { uids }: Told<'thread-read'>): Change[] {
  return markReadByUid(db, uids).map((threadId) => ({ kind: 'thread-changed', threadId }));
}

export function applyDraft(db: WritableDb, event: Told<'thread-draft'>): Change[] {
  return fold(db, event, (threadId) => {
    if (!hasPending(db, event.place, 'draft')) saveDraft(db, threadId, event.text);
  });
}

/** Whoever marked it done had not seen what came in after; then it stays open. */
export function applyDone(db: WritableDb, event: Told<'thread-done'>): Change[] {
  return fold(db, event, (threadId) => {
    const lastIn = findLastIn(db, threadId);
    const isOverruled = event.done && lastIn > event.after;
    if (!isOverruled && !hasPendingDone(db, event.place, lastIn)) setDone(db, threadId, event.done);
  });
}

export function applyAssigned(db: WritableDb, event: Told<'thread-assigned'>): Change[] {
  return fold(db, event, (threadId) => {
    if (!hasPending(db, event.place, 'assignee')) setAssignee(db, threadId, event.to);
  });
}

/**
 * A register is what the last event in the order of the log says. Where one of ours has yet to come back, that is later in the
 * log than this, so this has been overruled already.
 */
function fold(
  db: WritableDb,
  event: Told<'thread-draft' | 'thread-done' | 'thread-assigned'>,
  set: (threadId: ThreadId) => void,
): Change[] {
  if (!noteSeen(db, seenKey(event), event.at)) return [];
  const threadId = findPlace(db, { ...event.place, at: event.at });
  set(threadId);
  return [{ kind: 'thread-changed', threadId }];
}
