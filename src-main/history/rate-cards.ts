import { type ReadableDb, type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConnectionRates } from '#shared/contract/cost-commands.ts';
import type { ConnectionId } from '#shared/message/line.ts';
import { type RateCard, rateCardSchema, usualRateCard } from '#shared/pricing/rate-card.ts';

type Row = { connectionId: ConnectionId; provider: string; card: string | null };

/** The rates of every connection, removed ones too: their texts still have a price. A card that is no longer valid counts as not edited. */
export function listRates(db: ReadableDb): ConnectionRates[] {
  return all<Row>(
    db,
    sql`SELECT id AS connectionId, provider, card FROM connections
        LEFT JOIN rate_cards ON rate_cards.connection_id = connections.id ORDER BY created_at, id`,
  ).map(({ connectionId, provider, card }) => {
    const edited = card === null ? null : readCard(card);
    return { connectionId, card: edited ?? usualRateCard(provider), isUsual: edited === null };
  });
}

function readCard(card: string): RateCard | null {
  const read = rateCardSchema.safeParse(JSON.parse(card));
  return read.success ? read.data : null;
}

/** Keeps a connection's rates; null goes back to the usual ones. */
export function saveRates(db: WritableDb, connectionId: string, card: RateCard | null): void {
  if (card === null) {
    run(db, sql`DELETE FROM rate_cards WHERE connection_id = ${connectionId}`);
    return;
  }
  run(
    db,
    sql`INSERT INTO rate_cards (connection_id, card) VALUES (${connectionId}, ${JSON.stringify(card)})
        ON CONFLICT (connection_id) DO UPDATE SET card = excluded.card`,
  );
}
