import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { hasPendingRates } from '#main/history/pending-rates.ts';
import { saveRates } from '#main/history/rate-cards.ts';
import { seenKey } from '#main/history/team-outbox.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

/** A register like a draft: while rates set here have yet to come back, what others set before them is overruled. */
export function applyRates(
  db: WritableDb,
  event: Extract<TeamEvent, { kind: 'rates-set' }>,
): Change[] {
  if (!noteSeen(db, seenKey(event), event.at) || hasPendingRates(db, event.connectionId)) return [];
  saveRates(db, event.connectionId, event.card);
  return [{ kind: 'rates-changed' }];
}
