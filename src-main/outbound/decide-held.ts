import { announce } from '#main/history/announce.ts';
import { findEntry } from '#main/history/entries.ts';
import { releaseText } from '#main/history/held.ts';
import { restartWait, findInOutbox, removeFromOutbox } from '#main/history/outbox.ts';
import { addOverride } from '#main/history/overrides.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findThread, saveDraft } from '#main/history/threads.ts';
import { transact } from '#main/sqlite/database.ts';
import { mayOverrule } from '#shared/compliance/verdict.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import type { EntryId, TextEntry, ThreadId } from '#shared/message/entry.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { OutboundDesk } from './outbound-desk.ts';

/**
 * A person takes back a text that has not left. It stays in the conversation as cancelled; where the draft there is empty its
 * words become it.
 */
export function cancelText(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const entry = mustWait(desk, entryId);
  transact(desk.db, () => {
    endUnsent(desk, entryId, { kind: 'cancelled', raw: null });
    if (entry.text !== '' && findThread(desk.db, entry.threadId)?.draft === '')
      putBack(desk, entry.threadId, entry.text);
  });
  return tellOf(desk, entryId);
}

/** A person sends what waits for their decision alone. That they did, and against what, is kept. */
export function sendAnyway(desk: OutboundDesk, entryId: EntryId): TextEntry {
  const { waiting } = mustWait(desk, entryId);
  if (!waiting || !mayOverrule(waiting))
    throw new CommandFailure('refused', 'This is not the agent’s to overrule.', {
      cure: waiting?.cure ?? 'It leaves by itself when its turn comes.',
    });
  const at = desk.clock.now();
  const { reason: rule, because } = waiting;
  transact(desk.db, () => {
    addOverride(desk.db, { entryId, rule, because, reason: null, at });
    releaseText(desk.db, entryId, at);
    restartWait(desk.db, entryId, at);
  });
  return tellOf(desk, entryId);
}

/** Ends a queued text that will not leave: its state says why. Call it in a transaction. */
export function endUnsent(desk: OutboundDesk, entryId: EntryId, failure: SendFailure): void {
  const attempt = findInOutbox(desk.db, entryId)?.attempt ?? 1;
  removeFromOutbox(desk.db, entryId);
  addReceipt(desk.db, {
    entryId,
    attempt,
    state: 'failed',
    failure,
    source: 'own',
    at: desk.clock.now(),
    happenedAt: null,
  });
  showChangedEntry(desk.db, entryId);
}

function mustWait({ db }: OutboundDesk, entryId: EntryId): TextEntry {
  const entry = findEntry(db, entryId);
  if (entry?.kind !== 'text')
    throw new CommandFailure('not-found', 'This text is no longer there.');
  if (findInOutbox(db, entryId)?.state === 'queued') return entry;
  throw new CommandFailure('refused', 'This text is not waiting here any more.', {
    cure: 'Look at its status: it may have left meanwhile.',
  });
}

function putBack({ db, clock }: OutboundDesk, threadId: ThreadId, text: string): void {
  saveDraft(db, threadId, text);
  tellTeam(db, { kind: 'thread-draft', at: clock.now(), place: placeOf(db, threadId), text });
}

function tellOf(desk: OutboundDesk, entryId: EntryId): TextEntry {
  announce(desk.db, desk.tell, [{ kind: 'entry-changed', entryId }]);
  const entry = findEntry(desk.db, entryId);
  if (entry?.kind !== 'text') throw new Error('the text just decided on is not there');
  return entry;
}
