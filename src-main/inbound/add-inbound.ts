import { randomBytes } from 'node:crypto';

import type { Change } from '#main/history/announce.ts';
import { noteHeard } from '#main/history/connections.ts';
import { type NewEntry, addEntry, findEntry } from '#main/history/entries.ts';
import { saveInboundId } from '#main/history/inbound-ids.ts';
import { keepStanding } from '#main/history/keep-standing.ts';
import { addMedia } from '#main/history/media.ts';
import { showEntryInTime, showNewEntry } from '#main/history/show-on-thread.ts';
import { addUnread } from '#main/history/unread.ts';
import { noteInbound } from '#main/history/usage.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { RemoteMedia } from '#shared/provider/delivery.ts';

import { type Hearing, applyConsent } from './apply-consent.ts';
import { type ArrivalName, arrivalUid } from './arrival.ts';
import { noteCheck } from './note-check.ts';
import { takeBackScheduled } from './take-back-scheduled.ts';

/** An entry that came in, with what is still to be fetched for it. */
export type Arrival = {
  readonly entry: Omit<NewEntry, 'uid' | 'place' | 'kind'> & Pick<ArrivalName, 'kind'>;
  readonly connectionId: string;
  /** The carrier's id of it; null where none is known. */
  readonly providerId: string | null;
  /** Tells apart what stands under one id of the carrier's. */
  readonly aside?: string;
  readonly media: readonly RemoteMedia[];
  /** Who carried a text, and when it is read, for what it says about consent; left out for what is no text. */
  readonly hearing?: Hearing;
  /** Found in the carrier's list instead of told to us: it takes its place in time, and is unread only where it is news. */
  readonly found?: { readonly unread: boolean; readonly learntAt: number };
};

/** Adds what came in to its thread: entry, media to fetch, preview and unread count. */
export function addInbound(db: WritableDb, arrival: Arrival): Change[] {
  const { entry, connectionId, media, found } = arrival;
  const place = found === undefined ? 'end' : 'in-time';
  const has_media = media.length > 0 ? 1 : 0;
  const entryId = addEntry(db, { ...entry, ...nameOf(arrival), place, has_media });
  const { providerId } = arrival;
  if (providerId !== null) saveInboundId(db, entryId, { connectionId, providerId });
  media.forEach((remote, position) =>
    addMedia(db, { id: newMediaId(), entryId, position, connectionId, remote }),
  );
  const check = noteCheck(db, arrival);
  if (check === null) show(db, entryId, found);
  else keepStanding(db, check, () => show(db, entryId, { unread: false }));
  if (entry.direction === 'in' && found === undefined) {
    noteInbound(db, entry.at);
    noteHeard(db, { connectionId, threadId: entry.threadId, what: 'inbound', at: entry.at });
  }
  return [
    { kind: 'entry-added', entryId },
    ...hearConsent(db, entryId, arrival.hearing),
    ...takeBackScheduled(db, entryId),
  ];
}

function hearConsent(db: WritableDb, entryId: EntryId, hearing: Hearing | undefined): Change[] {
  const entry = hearing && findEntry(db, entryId);
  if (entry?.kind !== 'text' || entry.direction !== 'in' || hearing === undefined) return [];
  return applyConsent(db, entry, hearing);
}

/* What has no id of the carrier's is of one desktop alone, and gets a uid of its own. */
function nameOf({ entry, connectionId, providerId, aside }: Arrival): Pick<NewEntry, 'uid'> {
  if (providerId === null) return {};
  const name = { kind: entry.kind, connectionId, providerId };
  return { uid: arrivalUid(aside === undefined ? name : { ...name, aside }) };
}

function show(db: WritableDb, entryId: EntryId, found: Shown | undefined): void {
  const added = findEntry(db, entryId);
  if (added === undefined) throw new Error('the entry just added is not there');
  if (found === undefined) showNewEntry(db, added);
  else showEntryInTime(db, added);
  if (added.direction === 'in' && found?.unread !== false) addUnread(db, added);
}

type Shown = { readonly unread: boolean };

/* Unguessable, so that an id is all the right a screen needs to see the bytes. */
const newMediaId = (): string => randomBytes(16).toString('base64url');
