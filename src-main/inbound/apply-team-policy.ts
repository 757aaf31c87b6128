import type { Change } from '#main/history/announce.ts';
import { noteSeen } from '#main/history/deliveries-seen.ts';
import { releaseLine } from '#main/history/held.ts';
import { hasPendingPolicy, savePolicy } from '#main/history/line-policies.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { seenKey } from '#main/history/team-outbox.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { TeamEvent } from '#shared/team/team-event.ts';

/**
 * A register like a draft: while a policy set here has yet to come back, what others set before it is overruled. What waits on
 * the line is judged anew by it.
 */
export function applyPolicy(
  db: WritableDb,
  event: Extract<TeamEvent, { kind: 'policy-set' }>,
  now: number,
): Change[] {
  const { connectionId, line: number, policy } = event;
  if (!noteSeen(db, seenKey(event), event.at)) return [];
  const line = findLineByNumber(db, connectionId, number);
  if (line === undefined || hasPendingPolicy(db, connectionId, number)) return [];
  savePolicy(db, line.id, policy);
  releaseLine(db, line.id, now);
  return [{ kind: 'policy-changed', lineId: line.id }];
}
