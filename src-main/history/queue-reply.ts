import type { WritableDb } from '#main/sqlite/database.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import { addEntry, findEntry, findEntryByUid } from './entries.ts';
import { addToOutbox } from './outbox.ts';
import { addReceipt } from './receipts.ts';
import { showNewest } from './show-on-thread.ts';
import { isTeams, teamCursor, tellTeam } from './team-outbox.ts';
import { placeOf } from './team-place.ts';
import { findTeam } from './team.ts';

export type QueuedReply = {
  readonly uid: string;
  readonly threadId: ThreadId;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/**
 * Puts a reply that no person wrote into its conversation and into the outbox, once. It answers nobody's question, so the
 * conversation stays as done and as unanswered as it is, and keeps its draft. Call it in a transaction.
 * @returns its entry; null where it is there already
 */
export function queueReply(
  db: WritableDb,
  { uid, threadId, text, at }: QueuedReply,
): EntryId | null {
  if (findEntryByUid(db, uid) !== undefined) return null;
  const place = placeOf(db, threadId);
  const { connectionId, line, peer } = place;
  const { encoding, segments: all } = analyzeText(text);
  const author = isTeams(db, connectionId) ? (findTeam(db)?.desktop ?? null) : null;
  const words = { text, encoding, segments: all.length, uid, at } as const;
  const entryId = addEntry(db, {
    ...words,
    threadId,
    author,
    kind: 'text',
    direction: 'out',
    state: 'queued',
    purpose: 'legal',
  });
  const after = teamCursor(db);
  tellTeam(db, { ...words, kind: 'text-written', place, pictures: [], after, automatic: true });
  const failure = null;
  const first = { entryId, attempt: 1, at, failure, source: 'own', happenedAt: null } as const;
  addReceipt(db, { ...first, state: 'queued' });
  const request = { uid, from: line, to: peer, text, mediaIds: [] };
  const row = { entryId, threadId, connectionId, attempt: 1, notBefore: at, request } as const;
  addToOutbox(db, { ...row, purpose: 'legal' });
  const added = findEntry(db, entryId);
  if (added) showNewest(db, added);
  return entryId;
}
