import { randomBytes } from 'node:crypto';

import type { Change } from '#main/history/announce.ts';
import { noteAttempt } from '#main/history/attempts.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { addEntry, findEntry, findEntryByUid } from '#main/history/entries.ts';
import { learn } from '#main/history/learn.ts';
import { addMediaElsewhere } from '#main/history/media.ts';
import { addNote } from '#main/history/notes.ts';
import { addReceipt } from '#main/history/receipts.ts';
import { showAsLastOut, showNewest } from '#main/history/show-on-thread.ts';
import { hasPending, hasPendingDone, seenKey } from '#main/history/team-outbox.ts';
import { placeOf } from '#main/history/team-place.ts';
import { findLastIn, saveDraft, setAnswered, setDone } from '#main/history/threads.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import type { EntryId, TextEntry } from '#shared/message/entry.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

import { findPlace } from './find-place.ts';
import { quietCheck } from './note-check.ts';

const elsewhere = 'It is on the desktop of the colleague who sent it.';

type Told<Kind extends TeamEvent['kind']> = Extract<TeamEvent, { kind: Kind }>;

/**
 * A colleague's text takes its place at the end of the conversation, and in nobody's outbox but theirs. One of ours that comes
 * back is there already; what it says of the conversation now holds in the order of the log.
 */
export function applyTextWritten(
  db: WritableDb,
  event: Told<'text-written'>,
  author: string,
): Change[] {
  if (!noteSeen(db, seenKey(event), event.at)) return [];
  return quietCheck(db, event, () => takeTextWritten(db, event, author));
}

function takeTextWritten(db: WritableDb, event: Told<'text-written'>, author: string): Change[] {
  const known = findEntryByUid(db, event.uid);
  const entryId = known?.id ?? addColleaguesText(db, event, author);
  const text = findEntry(db, entryId);
  if (text?.kind !== 'text' || !isOn(db, text, event.place.connectionId)) return [];
  if (event.automatic !== true) foldText(db, event, text);
  const { threadId } = text;
  return known === undefined
    ? [{ kind: 'entry-added', entryId }]
    : [{ kind: 'thread-changed', threadId }];
}

function addColleaguesText(
  db: WritableDb,
  { uid, at, place, text, segments, encoding, pictures }: Told<'text-written'>,
  author: string,
): EntryId {
  const threadId = findPlace(db, { ...place, at });
  const has_media = pictures.length > 0 ? 1 : 0;
  const words = { text, segments, encoding, author, has_media, state: 'queued' } as const;
  const entryId = addEntry(db, { threadId, uid, at, kind: 'text', direction: 'out', ...words });
  pictures.forEach((type, position) => {
    const id = randomBytes(16).toString('base64url');
    const { connectionId } = place;
    addMediaElsewhere(db, { id, entryId, position, connectionId, type, problem: elsewhere });
  });
  addReceipt(db, {
    entryId,
    attempt: 1,
    state: 'queued',
    failure: null,
    source: 'own',
    at,
    happenedAt: null,
    fromTeam: true,
  });
  const added = findEntry(db, entryId);
  if (added) showNewest(db, added);
  return entryId;
}

/* What a colleague tells of the team's connections must not reach a conversation of this desktop alone. */
const isOn = (db: ReadableDb, { threadId }: TextEntry, connectionId: string): boolean =>
  placeOf(db, threadId).connectionId === connectionId;

/* What came in after the number its author knew is not answered by it. */
function foldText(db: WritableDb, { place, after }: Told<'text-written'>, text: TextEntry): void {
  const { threadId } = text;
  const lastIn = findLastIn(db, threadId);
  if (lastIn <= after) setAnswered(db, threadId);
  if (!hasPending(db, place, 'last-out')) showAsLastOut(db, text);
  if (!hasPendingDone(db, place, lastIn)) setDone(db, threadId, false);
  if (!hasPending(db, place, 'draft')) saveDraft(db, threadId, '');
}

/** What a colleague's desktop learnt of a text other than by a webhook. */
export function applyTextLearnt(db: WritableDb, event: Told<'text-learnt'>): Change[] {
  if (!noteSeen(db, seenKey(event), event.at)) return [];
  const entry = findEntryByUid(db, event.uid);
  if (entry?.kind !== 'text' || entry.direction !== 'out') return [];
  if (!isOn(db, entry, event.connectionId)) return [];
  const { at, attempt, connectionId, state, failure, source, happenedAt } = event;
  const entryId = entry.id;
  if (state !== 'queued') noteAttempt(db, { entryId, attempt, connectionId, startedAt: at });
  return learn(db, {
    entryId,
    attempt,
    connectionId,
    providerId: event.providerId,
    state,
    failure,
    source,
    at,
    happenedAt,
    billing: event.billing,
    fromTeam: true,
  });
}

/** A colleague's note. */
export function applyNote(db: WritableDb, event: Told<'note-written'>, author: string): Change[] {
  if (!noteSeen(db, seenKey(event), event.at) || findEntryByUid(db, event.uid)) return [];
  const { uid, at, place, text } = event;
  const threadId = findPlace(db, { ...place, at });
  return [{ kind: 'entry-added', entryId: addNote(db, { uid, threadId, at, text, author }) }];
}
