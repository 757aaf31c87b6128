import { randomBytes } from 'node:crypto';

import type { Change } from '#main/history/announce.ts';
import { type NewEntry, addEntry, findEntry } from '#main/history/entries.ts';
import { addMedia } from '#main/history/media.ts';
import { showNewEntry } from '#main/history/show-on-thread.ts';
import { noteInbound } from '#main/history/usage.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

/** An entry that came in, with what is still to be fetched for it. */
export type Arrival = {
  readonly entry: NewEntry;
  readonly connectionId: string;
  readonly media: readonly RemoteMedia[];
};

/** Adds what came in to its thread: entry, media to fetch, preview and unread count. */
export function addInbound(db: WritableDb, { entry, connectionId, media }: Arrival): Change[] {
  const entryId = addEntry(db, { ...entry, has_media: media.length > 0 ? 1 : 0 });
  media.forEach((remote, position) =>
    addMedia(db, { id: newMediaId(), entryId, position, connectionId, remote }),
  );
  show(db, entryId);
  if (entry.direction === 'in') noteInbound(db, entry.at);
  return [{ kind: 'entry-added', entryId }];
}

function show(db: WritableDb, entryId: EntryId): void {
  const added = findEntry(db, entryId);
  if (added === undefined) throw new Error('the entry just added is not there');
  showNewEntry(db, added);
}

/* Unguessable, so that an id is all the right a screen needs to see the bytes. */
const newMediaId = (): string => randomBytes(16).toString('base64url');
