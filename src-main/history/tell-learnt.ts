import { type WritableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConnectionId } from '#shared/message/line.ts';

import type { Receipt } from './receipts.ts';
import { tellTeam } from './team-outbox.ts';
import { fromBlob } from './uid.ts';

/**
 * Tells the team what was learnt of a text that one of its desktops wrote. What a webhook says every desktop hears itself,
 * and that a text was written to be sent says as much as that it waits.
 */
export function tellLearnt(db: WritableDb, receipt: Receipt): void {
  const { attempt, state, failure, source, at, happenedAt } = receipt;
  if (source === 'webhook' || (state === 'queued' && attempt === 1)) return;
  const text = findTeamText(db, receipt);
  if (text === undefined) return;
  const { providerId = null, billing = null } = receipt;
  const uid = fromBlob(text.uid);
  const { connectionId } = text;
  const learnt = { uid, connectionId, attempt, state, failure, source, happenedAt };
  tellTeam(db, { kind: 'text-learnt', at, ...learnt, providerId, billing });
}

/* Only what has an author was told to the team. */
const findTeamText = (db: WritableDb, { entryId }: Receipt) =>
  first<{ uid: Uint8Array; connectionId: ConnectionId }>(
    db,
    sql`SELECT entries.uid, lines.connection_id AS connectionId FROM entries
        JOIN threads ON threads.id = entries.thread_id JOIN lines ON lines.id = threads.line_id
        WHERE entries.id = ${entryId} AND entries.author IS NOT NULL`,
  );
