import { announce } from '#main/history/announce.ts';
import { findLatestAttempt } from '#main/history/attempts.ts';
import { findEntry, findPurpose } from '#main/history/entries.ts';
import { findLine } from '#main/history/lines.ts';
import { addToOutbox, removeFromOutbox } from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { findThread } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { Entry, EntryId, TextEntry } from '#shared/message/entry.ts';

import type { OutboundDesk } from './outbound-desk.ts';

/** A person's decision to begin another attempt at a text that failed, or whose outcome stayed unknown. */
export function tryAgain(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const entry = mayTryAgain(findEntry(desk.db, entryId));
  transact(desk.db, () => beginAttempt(desk, entry));
  announce(desk.db, desk.tell, [{ kind: 'entry-changed', entryId }]);
  return mayBeShown(findEntry(desk.db, entryId));
}

function mayTryAgain(entry: Entry | undefined): TextEntry {
  const text = mayBeShown(entry);
  if (text.author !== null)
    throw new CommandFailure('refused', `This text is ${text.author}’s, so they decide.`, {
      cure: 'Write a text of your own.',
    });
  if (text.state === 'failed' || text.undecided) return text;
  throw new CommandFailure('refused', 'This text is not waiting for a decision.', {
    cure: 'Look at its status: it may have been delivered meanwhile.',
  });
}

function mayBeShown(entry: Entry | undefined): TextEntry {
  if (entry?.kind === 'text') return entry;
  throw new CommandFailure('not-found', 'This text is no longer there.');
}

function beginAttempt({ db, clock }: OutboundDesk, entry: TextEntry): void {
  const at = clock.now();
  const thread = findThread(db, entry.threadId);
  const line = thread && findLine(db, thread.lineId);
  if (thread === undefined || line === undefined)
    throw new CommandFailure('not-found', 'The line of this text is no longer there.');
  const { id: entryId, threadId } = entry;
  const attempt = (findLatestAttempt(db, entryId)?.attempt ?? 0) + 1;
  removeFromOutbox(db, entryId);
  addReceipt(db, {
    entryId,
    attempt,
    state: 'queued',
    failure: null,
    source: 'own',
    at,
    happenedAt: null,
  });
  const request = {
    uid: entry.uid,
    from: line.number,
    to: thread.peer,
    text: entry.text,
    mediaIds: entry.media.map(({ id }) => id),
  };
  addToOutbox(db, {
    entryId,
    threadId,
    connectionId: line.connectionId,
    attempt,
    purpose: findPurpose(db, entryId) ?? 'reply',
    notBefore: at,
    request,
  });
  showChangedEntry(db, entryId);
}
