import type { Change } from '#main/history/announce.ts';
import { findEntry } from '#main/history/entries.ts';
import { findInOutbox, removeFromOutbox } from '#main/history/outbox.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { listTakenBackByWriting } from '#main/history/scheduled.ts';
import { showChangedEntry } from '#main/history/show-on-thread.ts';
import { tellTeam } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findThread, saveDraft } from '#main/history/threads.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';

const because = 'They wrote first, so it was taken back.';

/**
 * They wrote: what was meant for later may no longer fit, and goes back to its author, unless it was to leave all the same. It
 * stays in the conversation as cancelled; the words of the first become the draft where there is none. Call it in the
 * transaction of what came in.
 */
export function takeBackScheduled(db: WritableDb, entryId: EntryId): Change[] {
  const heard = findEntry(db, entryId);
  if (heard?.kind !== 'text' || heard.direction !== 'in') return [];
  const taken = listTakenBackByWriting(db, heard.threadId, heard.at);
  for (const each of taken) takeBack(db, each, heard.at);
  return taken.map((each) => ({ kind: 'entry-changed', entryId: each }));
}

function takeBack(db: WritableDb, entryId: EntryId, at: number): void {
  const attempt = findInOutbox(db, entryId)?.attempt ?? 1;
  removeFromOutbox(db, entryId);
  addReceipt(db, {
    entryId,
    attempt,
    state: 'failed',
    failure: { kind: 'cancelled', raw: because },
    source: 'own',
    at,
    happenedAt: null,
  });
  showChangedEntry(db, entryId);
  const entry = findEntry(db, entryId);
  if (entry?.kind === 'text') putBack(db, entry, at);
}

function putBack(db: WritableDb, { threadId, text }: TextEntry, at: number): void {
  if (text === '' || findThread(db, threadId)?.draft !== '') return;
  saveDraft(db, threadId, text);
  tellTeam(db, { kind: 'thread-draft', at, place: placeOf(db, threadId), text });
}
