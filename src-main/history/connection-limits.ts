import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConnectionThroughput } from '#shared/throughput/limits-of.ts';

type Row = {
  sms_limit: number;
  sms_within: number;
  mms_limit: number | null;
  mms_within: number | null;
};

/** What the owner of a connection said its carrier takes; null where nothing was said. */
export function findConnectionRates(
  db: ReadableDb,
  connectionId: string,
): ConnectionThroughput | null {
  const row = first<Row>(
    db,
    sql`SELECT sms_limit, sms_within, mms_limit, mms_within FROM connection_limits WHERE connection_id = ${connectionId}`,
  );
  if (row === undefined) return null;
  const { sms_limit, sms_within, mms_limit, mms_within } = row;
  const hasMms = mms_limit !== null && mms_within !== null;
  return {
    sms: { limit: sms_limit, within: sms_within },
    mms: hasMms ? { limit: mms_limit, within: mms_within } : null,
  };
}

/** Keeps them; null goes back to what is usual with the carrier. */
export function saveConnectionRates(
  db: WritableDb,
  connectionId: string,
  rates: ConnectionThroughput | null,
): void {
  run(db, sql`DELETE FROM connection_limits WHERE connection_id = ${connectionId}`);
  if (rates === null) return;
  const { sms, mms } = rates;
  run(
    db,
    sql`INSERT INTO connection_limits (connection_id, sms_limit, sms_within, mms_limit, mms_within)
        VALUES (${connectionId}, ${sms.limit}, ${sms.within}, ${mms?.limit ?? null}, ${mms?.within ?? null})`,
  );
}
