import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { type Register, hasPending, seenKey } from '#main/history/team-outbox.ts';
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
  const threadId = placeToFold(db, event, 'draft');
  if (threadId === null) return [];
  saveDraft(db, threadId, event.text);
  return [{ kind: 'thread-changed', threadId }];
}

/** Whoever marked it done had not seen what came in after; then it stays open. */
export function applyDone(db: WritableDb, event: Told<'thread-done'>): Change[] {
  const threadId = placeToFold(db, event, 'done');
  if (threadId === null || (event.done && findLastIn(db, threadId) > event.after)) return [];
  setDone(db, threadId, event.done);
  return [{ kind: 'thread-changed', threadId }];
}

export function applyAssigned(db: WritableDb, event: Told<'thread-assigned'>): Change[] {
  const threadId = placeToFold(db, event, 'assignee');
  if (threadId === null) return [];
  setAssignee(db, threadId, event.to);
  return [{ kind: 'thread-changed', threadId }];
}

/**
 * The conversation whose register an event sets: the last one in the order of the log holds. Null where it was told before,
 * or where one of ours has yet to come back: that is later in the log than this, so this has been overruled already.
 */
function placeToFold(
  db: WritableDb,
  event: Told<'thread-draft' | 'thread-done' | 'thread-assigned'>,
  register: Register,
): ThreadId | null {
  if (!noteSeen(db, seenKey(event), event.at)) return null;
  const threadId = findPlace(db, { ...event.place, at: event.at });
  return hasPending(db, event.place, register) ? null : threadId;
}
