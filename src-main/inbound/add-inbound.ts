import { randomBytes } from 'node:crypto';

import type { Change } from '#main/history/announce.ts';
import { noteHeard } from '#main/history/connections.ts';
import { type NewEntry, addEntry, findEntry } from '#main/history/entries.ts';
import { addMedia } from '#main/history/media.ts';
import { showEntryInTime, showNewEntry } from '#main/history/show-on-thread.ts';
import { noteInbound } from '#main/history/usage.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

/** An entry that came in, with what is still to be fetched for it. */
export type Arrival = {
  readonly entry: NewEntry;
  readonly connectionId: string;
  readonly media: readonly RemoteMedia[];
  /** Found in the carrier's list instead of told to us: it takes its place in time, and is unread only where it is news. */
  readonly found?: { readonly unread: boolean };
};

/** Adds what came in to its thread: entry, media to fetch, preview and unread count. */
export function addInbound(
  db: WritableDb,
  { entry, connectionId, media, found }: Arrival,
): Change[] {
  const place = found === undefined ? 'end' : 'in-time';
  const entryId = addEntry(db, { ...entry, place, has_media: media.length > 0 ? 1 : 0 });
  media.forEach((remote, position) =>
    addMedia(db, { id: newMediaId(), entryId, position, connectionId, remote }),
  );
  show(db, entryId, found);
  if (entry.direction === 'in' && found === undefined) {
    noteInbound(db, entry.at);
    noteHeard(db, { connectionId, threadId: entry.threadId, what: 'inbound', at: entry.at });
  }
  return [{ kind: 'entry-added', entryId }];
}

function show(db: WritableDb, entryId: EntryId, found: Arrival['found']): void {
  const added = findEntry(db, entryId);
  if (added === undefined) throw new Error('the entry just added is not there');
  if (found === undefined) showNewEntry(db, added);
  else showEntryInTime(db, added, found.unread);
}

/* Unguessable, so that an id is all the right a screen needs to see the bytes. */
const newMediaId = (): string => randomBytes(16).toString('base64url');
