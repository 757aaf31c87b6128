import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type Reassembly, emptyReassembly } from '#shared/text/reassemble-parts.ts';

/** The parts of longer texts that a connection still waits for. */
export function readReassembly(db: ReadableDb, connectionId: string): Reassembly {
  const row = first<{ state: string }>(
    db,
    sql`SELECT state FROM reassembly WHERE connection_id = ${connectionId}`,
  );
  return row === undefined ? emptyReassembly : (JSON.parse(row.state) as Reassembly);
}

export type KeptReassembly = { readonly state: Reassembly; readonly nextExpiry: number | null };

export function saveReassembly(
  db: WritableDb,
  connectionId: string,
  { state, nextExpiry }: KeptReassembly,
): void {
  run(
    db,
    sql`INSERT INTO reassembly (connection_id, state, next_expiry) VALUES (${connectionId}, ${JSON.stringify(state)}, ${nextExpiry})
        ON CONFLICT (connection_id) DO UPDATE SET state = excluded.state, next_expiry = excluded.next_expiry`,
  );
}

/** Connections with a text that has waited for its missing parts long enough. */
export function listExpiredReassemblies(db: ReadableDb, now: number): string[] {
  const rows = all<{ id: string }>(
    db,
    sql`SELECT connection_id AS id FROM reassembly WHERE next_expiry <= ${now}`,
  );
  return rows.map((row) => row.id);
}

/** When the next wait for a missing part is over, milliseconds since 1970; null where none is waited for. */
export function nextReassemblyExpiry(db: ReadableDb): number | null {
  return (
    first<{ at: number | null }>(db, sql`SELECT min(next_expiry) AS at FROM reassembly`)?.at ?? null
  );
}
