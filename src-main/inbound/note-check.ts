import { findArriving, isOurNumber, noteArrived } from '#main/history/checks.ts';
import { keepStanding } from '#main/history/keep-standing.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { type ThreadKey, findThread } from '#main/history/threads.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import { checkCodeIn } from '#shared/message/check.ts';
import type { Entry, ThreadId } from '#shared/message/entry.ts';
import type { TeamPlace } from '#shared/team/team-event.ts';

/** A text that came in, or anything else. `learntAt`: when it was found in the carrier's list; absent where it was told. */
export type MaybeCheck = {
  readonly entry: {
    readonly threadId: ThreadId;
    readonly kind: string;
    readonly direction: string;
    readonly text?: string;
    readonly at: number;
  };
  readonly found?: { readonly learntAt: number };
};

/**
 * Notes a text of a check as arrived, of whichever desktop of the team it is. Returns the conversation, for which it is no
 * news; null where the text is of no check. Call it in a transaction.
 */
export function noteCheck(db: WritableDb, { entry, found }: MaybeCheck): ThreadKey | null {
  const isTextIn = entry.kind === 'text' && entry.direction === 'in';
  const code = isTextIn ? checkCodeIn(entry.text ?? '') : null;
  const thread = code === null ? undefined : findThread(db, entry.threadId);
  if (code === null || thread === undefined || !isOurNumber(db, thread.peer)) return null;
  const check = findArriving(db, { code, toLineId: thread.lineId, from: thread.peer });
  const at = found?.learntAt ?? entry.at;
  if (check !== undefined)
    noteArrived(db, check.id, { at, heard: found === undefined ? 'told' : 'listed' });
  return thread;
}

/** Is this a text of a check, and so no news to anybody? */
export function isOfCheck(db: ReadableDb, entry: Entry): boolean {
  if (entry.kind !== 'text' || checkCodeIn(entry.text) === null) return false;
  const thread = findThread(db, entry.threadId);
  return thread !== undefined && isOurNumber(db, thread.peer);
}

/** A text out that a desktop of the team, this one too, told of. */
type ToldOut = { readonly place: TeamPlace; readonly text: string };

/** Takes in a text out; one of a check is no news in its conversation. Call it in a transaction. */
export function quietCheck<Result>(
  db: WritableDb,
  { place, text }: ToldOut,
  take: () => Result,
): Result {
  const line = findLineByNumber(db, place.connectionId, place.line);
  if (line === undefined || checkCodeIn(text) === null || !isOurNumber(db, place.peer))
    return take();
  return keepStanding(db, { lineId: line.id, peer: place.peer }, take);
}
