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
  compareBilled(db, entryId);
}

/**
 * Notes by how many segments the bill of a text goes beyond our count. What goes out with pictures is counted by other rules,
 * and is not compared.
 */
export function compareBilled(db: WritableDb, entryId: EntryId): void {
  run(
    db,
    sql`UPDATE billing SET extra = max(0, coalesce(segments - (
          SELECT ours.segments FROM entries ours
          WHERE ours.id = billing.entry_id AND direction = 'out' AND has_media = 0 AND ours.segments > 0), 0))
        WHERE entry_id = ${entryId}`,
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
