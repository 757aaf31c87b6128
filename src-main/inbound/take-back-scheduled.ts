import type { Change } from '#main/history/announce.ts';
import { endUnsent, putBackWords } from '#main/history/end-unsent.ts';
import { findEntry } from '#main/history/entries.ts';
import { listTakenBackByWriting } from '#main/history/scheduled.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId } from '#shared/message/entry.ts';

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
  endUnsent(db, entryId, { failure: { kind: 'cancelled', raw: because }, at });
  const entry = findEntry(db, entryId);
  if (entry?.kind === 'text') putBackWords(db, entry, at);
}
