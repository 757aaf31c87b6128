import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { findInOutbox, removeFromOutbox } from './outbox.ts';
import { addReceipt } from './receipts.ts';
import { showChangedEntry } from './show-on-thread.ts';
import { tellTeam } from './team-outbox.ts';
import { placeOf } from './team-place.ts';
import { findThread, saveDraft } from './threads.ts';

/** Why a text ends without having left, and when: milliseconds since 1970. */
export type Unsent = { readonly failure: SendFailure; readonly at: number };

/** Ends a queued text that will not leave: its state says why. Call it in a transaction. */
export function endUnsent(db: WritableDb, entryId: EntryId, { failure, at }: Unsent): void {
  const attempt = findInOutbox(db, entryId)?.attempt ?? 1;
  removeFromOutbox(db, entryId);
  addReceipt(db, {
    entryId,
    attempt,
    state: 'failed',
    failure,
    source: 'own',
    at,
    happenedAt: null,
  });
  showChangedEntry(db, entryId);
}

/** The words of a text that was taken back become the draft, where there is none. Call it in a transaction. */
export function putBackWords(db: WritableDb, { threadId, text }: TextEntry, at: number): void {
  if (text === '' || findThread(db, threadId)?.draft !== '') return;
  saveDraft(db, threadId, text);
  tellTeam(db, { kind: 'thread-draft', at, place: placeOf(db, threadId), text });
}
