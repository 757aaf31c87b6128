import { type WritableDb, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

/** Under which id of the carrier's something came in. */
export type InboundId = { readonly connectionId: string; readonly providerId: string };

export function saveInboundId(
  db: WritableDb,
  entryId: EntryId,
  { connectionId, providerId }: InboundId,
): void {
  run(
    db,
    sql`INSERT INTO inbound_ids (entry_id, connection_id, provider_id) VALUES (${entryId}, ${connectionId}, ${providerId})`,
  );
}
