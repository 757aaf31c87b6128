import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { hasPendingTemplate, seenKey } from '#main/history/team-outbox.ts';
import { removeTemplate, saveTemplate } from '#main/history/templates.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

/** A register like a draft: while something done here has yet to come back, what others did before it is overruled. */
export function applyTemplate(
  db: WritableDb,
  event: Extract<TeamEvent, { kind: 'template-saved' | 'template-removed' }>,
): Change[] {
  if (!noteSeen(db, seenKey(event), event.at) || hasPendingTemplate(db, event.uid)) return [];
  if (event.kind === 'template-saved') saveTemplate(db, event);
  else removeTemplate(db, event.uid);
  return [{ kind: 'templates-changed' }];
}
