import type { WritableDb } from '#main/sqlite/database.ts';
import type { ThreadId } from '#shared/message/entry.ts';

import type { Change } from './announce.ts';
import { addEntry, findEntry, findEntryByUid } from './entries.ts';
import { showNewest } from './show-on-thread.ts';
import { uidOfName } from './uid.ts';

/**
 * Says in a conversation what this program did there by itself. `name` makes it the same on every desktop, and so once. Call
 * it in a transaction.
 */
export function addSystemLine(
  db: WritableDb,
  line: {
    readonly name: string;
    readonly threadId: ThreadId;
    readonly at: number;
    readonly text: string;
  },
): Change[] {
  const uid = uidOfName(`system/${line.name}`);
  if (findEntryByUid(db, uid) !== undefined) return [];
  const { threadId, at, text } = line;
  const entryId = addEntry(db, { uid, threadId, at, text, kind: 'system', direction: 'out' });
  const added = findEntry(db, entryId);
  if (added) showNewest(db, added);
  return [{ kind: 'entry-added', entryId }];
}
