import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { findEntryByUid } from '#main/history/entries.ts';
import { saveScheduled } from '#main/history/scheduled.ts';
import { seenKey } from '#main/history/team-outbox.ts';
import { findTeam } from '#main/history/team.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

/**
 * A colleague gave a text a time, or another one. It is shown with it here; only their desktop sends it. Our own is known
 * already, and may have another time since.
 */
export function applyTextScheduled(
  db: WritableDb,
  event: Extract<TeamEvent, { kind: 'text-scheduled' }>,
  author: string,
): Change[] {
  if (!noteSeen(db, seenKey(event), event.at) || findTeam(db)?.desktop === author) return [];
  const entry = findEntryByUid(db, event.uid);
  if (entry?.kind !== 'text' || entry.direction !== 'out') return [];
  const { id: entryId, threadId } = entry;
  const { dueAt, zone } = event;
  saveScheduled(db, { entryId, threadId, dueAt, zone, evenIfTheyWrite: true });
  return [{ kind: 'entry-changed', entryId }];
}
