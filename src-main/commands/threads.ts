import { announce } from '#main/history/announce.ts';
import { teamCursor, tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { countThreads, pageThreads } from '#main/history/thread-pages.ts';
import { findThread, saveDraft, setDone } from '#main/history/threads.ts';
import { markRead } from '#main/history/unread.ts';
import { transact } from '#main/sqlite/database.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';
import { mostReadAtOnce } from '#shared/team/team-event.ts';

import type { Desk } from './desk.ts';

export function pageOfThreads(
  desk: Desk,
  page: CommandInput<'threads.page'>,
): CommandOutput<'threads.page'> {
  return { ...pageThreads(desk.db, page), total: countThreads(desk.db, page.view, page.lineId) };
}

/** The thread, or a failure that says it is gone. */
export function mustFindThread(desk: Desk, threadId: ThreadId): Thread {
  const thread = findThread(desk.db, threadId);
  if (thread !== undefined) return thread;
  throw new CommandFailure('not-found', 'This conversation is no longer there.', {
    field: 'threadId',
    cure: 'Choose another from the list.',
  });
}

export function markThreadRead(
  desk: Desk,
  input: CommandInput<'thread.mark-read'>,
): CommandOutput<'thread.mark-read'> {
  if (mustFindThread(desk, input.threadId).unread === 0) return {};
  transact(desk.db, () =>
    tellRead(desk, input.threadId, markRead(desk.db, input.threadId, input.upTo)),
  );
  return changed(desk, input.threadId);
}

export function setThreadDone(
  desk: Desk,
  input: CommandInput<'thread.set-done'>,
): CommandOutput<'thread.set-done'> {
  mustFindThread(desk, input.threadId);
  const { threadId, done } = input;
  transact(desk.db, () => {
    setDone(desk.db, threadId, done);
    const place = placeOf(desk.db, threadId);
    const after = teamCursor(desk.db);
    tellTeam(desk.db, { kind: 'thread-done', at: desk.clock.now(), place, done, after });
  });
  return changed(desk, input.threadId);
}

export function saveThreadDraft(
  desk: Desk,
  input: CommandInput<'draft.save'>,
): CommandOutput<'draft.save'> {
  if (mustFindThread(desk, input.threadId).draft === input.text) return {};
  const { threadId } = input;
  const text = input.text.toWellFormed();
  transact(desk.db, () => {
    saveDraft(desk.db, threadId, text);
    const place = placeOf(desk.db, threadId);
    tellTeam(desk.db, { kind: 'thread-draft', at: desk.clock.now(), place, text });
  });
  return changed(desk, input.threadId);
}

function tellRead(desk: Desk, threadId: ThreadId, uids: readonly string[]): void {
  const place = placeOf(desk.db, threadId);
  for (let from = 0; from < uids.length; from += mostReadAtOnce) {
    const some = uids.slice(from, from + mostReadAtOnce);
    tellTeam(desk.db, { kind: 'thread-read', at: desk.clock.now(), place, uids: some });
  }
}

function changed(desk: Desk, threadId: ThreadId): Record<string, never> {
  announce(desk.db, desk.tell, [{ kind: 'thread-changed', threadId }]);
  return {};
}
