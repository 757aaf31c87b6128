import { type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ReceiptReceived } from '#shared/provider/delivery.ts';

/** Keeps a receipt that came before the carrier's id of its text was known here. */
export function keepUnmatched(
  db: WritableDb,
  connectionId: string,
  kept: { receipt: ReceiptReceived; at: number },
): void {
  run(
    db,
    sql`INSERT INTO unmatched_receipts (connection_id, provider_id, receipt, at)
        VALUES (${connectionId}, ${kept.receipt.providerMessageId}, ${JSON.stringify(kept.receipt)}, ${kept.at})`,
  );
}

/** Takes the receipts that waited for this id, in the order they came. */
export function takeUnmatched(
  db: WritableDb,
  connectionId: string,
  providerId: string,
): ReceiptReceived[] {
  const rows = all<{ receipt: string }>(
    db,
    sql`SELECT receipt FROM unmatched_receipts WHERE connection_id = ${connectionId} AND provider_id = ${providerId} ORDER BY id`,
  );
  run(
    db,
    sql`DELETE FROM unmatched_receipts WHERE connection_id = ${connectionId} AND provider_id = ${providerId}`,
  );
  return rows.map((row) => JSON.parse(row.receipt) as ReceiptReceived);
}
