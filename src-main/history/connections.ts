import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { ConnectionId } from '#shared/message/line.ts';

/** A carrier account as kept here; its credentials are in the host's secret store. */
export type Connection = {
  readonly id: ConnectionId;
  readonly provider: string;
  readonly label: string;
  /** Where the carrier's API is, where that differs from the carrier's own address. */
  readonly baseUrl: string | null;
};

type Row = { id: ConnectionId; provider: string; label: string; base_url: string | null };

const fromRow = (row: Row): Connection => ({
  id: row.id,
  provider: row.provider,
  label: row.label,
  baseUrl: row.base_url,
});

/** Every connection, oldest first. */
export function listConnections(db: ReadableDb): Connection[] {
  return all<Row>(
    db,
    sql`SELECT id, provider, label, base_url FROM connections ORDER BY created_at, id`,
  ).map(fromRow);
}

export function findConnection(db: ReadableDb, id: string): Connection | undefined {
  const row = first<Row>(
    db,
    sql`SELECT id, provider, label, base_url FROM connections WHERE id = ${id}`,
  );
  return row && fromRow(row);
}

export function addConnection(db: WritableDb, connection: Connection, now: number): void {
  const { id, provider, label, baseUrl } = connection;
  run(
    db,
    sql`INSERT INTO connections (id, provider, label, base_url, created_at) VALUES (${id}, ${provider}, ${label}, ${baseUrl}, ${now})`,
  );
}
