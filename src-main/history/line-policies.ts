import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type LinePolicy, linePolicySchema, usualPolicy } from '#shared/compliance/line-policy.ts';
import type { LineId } from '#shared/message/line.ts';

/** What the owner of a line decided; what is usual where nothing was. */
export function findPolicy(db: ReadableDb, lineId: LineId): LinePolicy {
  const row = first<{ policy: string }>(
    db,
    sql`SELECT policy FROM line_policies WHERE line_id = ${lineId}`,
  );
  return row === undefined ? usualPolicy : linePolicySchema.parse(JSON.parse(row.policy));
}

export function savePolicy(db: WritableDb, lineId: LineId, policy: LinePolicy): void {
  run(
    db,
    sql`INSERT INTO line_policies (line_id, policy) VALUES (${lineId}, ${JSON.stringify(policy)})
        ON CONFLICT (line_id) DO UPDATE SET policy = excluded.policy`,
  );
}

/** Is a policy of this line, set here, on its way that will come later in the log than all that is heard now? */
export function hasPendingPolicy(db: ReadableDb, connectionId: string, line: string): boolean {
  return (
    first(
      db,
      sql`SELECT 1 FROM team_outbox WHERE kind = 'policy-set' AND refused IS NULL
          AND event ->> '$.connectionId' = ${connectionId} AND event ->> '$.line' = ${line} LIMIT 1`,
    ) !== undefined
  );
}
