import { noteSeen } from '#main/history/deliveries-seen.ts';
import { findLineByNumber } from '#main/history/lines.ts';
import { noteRecovered } from '#main/history/recovered.ts';
import { findOrStartThread } from '#main/history/threads.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { ListedCall } from '#shared/provider/carrier-lists.ts';

import { addInbound } from './add-inbound.ts';
import type { Listing, Taken } from './take-listed-text.ts';

/** Puts a call of the carrier's records into the timeline of its two numbers, once. Call it in a transaction. */
export function takeListedCall(db: WritableDb, listing: Listing, call: ListedCall): Taken {
  const { connectionId, now, unread } = listing;
  const line = findLineByNumber(db, connectionId, call.line);
  if (line === undefined || !noteSeen(db, `call/${connectionId}/${call.providerCallId}`, now)) {
    return { added: false, changes: [] };
  }
  const { direction, outcome, seconds, startedAt: at } = call;
  noteRecovered(
    db,
    { connectionId, key: `call/${call.providerCallId}`, line: line.number, at },
    now,
  );
  const threadId = findOrStartThread(db, { lineId: line.id, peer: call.peer }, at);
  const changes = addInbound(db, {
    entry: { threadId, at, kind: 'call', direction, outcome, seconds },
    connectionId,
    providerId: call.providerCallId,
    media: [],
    found: { unread: unread && outcome === 'missed', learntAt: now },
  });
  return { added: true, changes };
}
