import { announce } from '#main/history/announce.ts';
import { countThreads, pageThreads } from '#main/history/thread-pages.ts';
import { findThread, markRead, saveDraft, setDone } from '#main/history/threads.ts';
import type { CommandInput, CommandOutput } from '#shared/contract/contract.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

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
  markRead(desk.db, input.threadId, input.upTo);
  return changed(desk, input.threadId);
}

export function setThreadDone(
  desk: Desk,
  input: CommandInput<'thread.set-done'>,
): CommandOutput<'thread.set-done'> {
  mustFindThread(desk, input.threadId);
  setDone(desk.db, input.threadId, input.done);
  return changed(desk, input.threadId);
}

export function saveThreadDraft(
  desk: Desk,
  input: CommandInput<'draft.save'>,
): CommandOutput<'draft.save'> {
  if (mustFindThread(desk, input.threadId).draft === input.text) return {};
  saveDraft(desk.db, input.threadId, input.text);
  return changed(desk, input.threadId);
}

function changed(desk: Desk, threadId: ThreadId): Record<string, never> {
  announce(desk.db, desk.tell, [{ kind: 'thread-changed', threadId }]);
  return {};
}
