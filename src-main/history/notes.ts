import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';

import { addEntry, findEntry } from './entries.ts';
import { showNewest } from './show-on-thread.ts';

export type NewNote = {
  readonly uid: string;
  readonly threadId: ThreadId;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** The desktop's id in the team; null without a team. */
  readonly author: string | null;
};

/** Puts a note at the end of a conversation. It is an entry of the timeline and of nothing else. Call it in a transaction. */
export function addNote(db: WritableDb, note: NewNote): EntryId {
  const entryId = addEntry(db, { ...note, kind: 'note', direction: 'out' });
  const added = findEntry(db, entryId);
  if (added) showNewest(db, added);
  return entryId;
}
