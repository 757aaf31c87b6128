import { announce } from '#main/history/announce.ts';
import { listAbandoned } from '#main/history/outbox.ts';
import { transact } from '#main/sqlite/database.ts';

import type { OutboundDesk } from './outbound-desk.ts';
import { becomeUnknown } from './record-outcome.ts';

/**
 * At the start: a text that was on the road when the last run ended may have been taken, so it is looked for, never sent
 * again. What was queued needs nothing; the drain finds it. Returns how many were taken up.
 */
export function takeUpAbandoned(desk: OutboundDesk): number {
  const abandoned = listAbandoned(desk.db, desk.bootId);
  const failure = { kind: 'no-answer', raw: null } as const;
  const changes = transact(desk.db, () =>
    abandoned.flatMap((row) => becomeUnknown(desk, row, { kind: 'unknown', failure })),
  );
  announce(desk.db, desk.tell, changes);
  return abandoned.length;
}
