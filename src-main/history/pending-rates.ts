import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** Are rates of this connection, set here, on their way that will come later in the log than all that is heard now? */
export function hasPendingRates(db: ReadableDb, connectionId: string): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM team_outbox
          WHERE kind = 'rates-set' AND event ->> '$.connectionId' = ${connectionId} AND refused IS NULL LIMIT 1`,
    ) !== undefined
  );
}
