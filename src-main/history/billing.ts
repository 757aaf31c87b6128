import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { Billing } from '#shared/provider/billing.ts';

/** Keeps what the carrier charged for a text; what it told before and leaves out now stays. */
export function saveBilling(db: WritableDb, entryId: EntryId, billing: Billing): void {
  run(
    db,
    sql`INSERT INTO billing (entry_id, segments, price_micros, fee_micros, currency)
        VALUES (${entryId}, ${billing.segments}, ${billing.priceMicros}, ${billing.feeMicros}, ${billing.currency})
        ON CONFLICT (entry_id) DO UPDATE SET
          segments = coalesce(excluded.segments, segments),
          price_micros = coalesce(excluded.price_micros, price_micros),
          fee_micros = coalesce(excluded.fee_micros, fee_micros),
          currency = excluded.currency`,
  );
}

export function findBilling(db: ReadableDb, entryId: EntryId): Billing | null {
  const row = first<Billing>(
    db,
    sql`SELECT segments, price_micros AS priceMicros, fee_micros AS feeMicros, currency FROM billing
        WHERE entry_id = ${entryId}`,
  );
  return row ?? null;
}
