import {
  type ReadableDb,
  type WritableDb,
  all,
  first,
  run,
  runOne,
} from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { ThreadId } from '#shared/message/entry.ts';
import type { ConnectionId, LineId } from '#shared/message/line.ts';

/** A carrier account as kept here; its credentials are in the host's secret store. */
export type Connection = {
  readonly id: ConnectionId;
  readonly provider: string;
  readonly label: string;
  /** Where the carrier's API is, where that differs from the carrier's own address. */
  readonly baseUrl: string | null;
  /** Where carriers reach our relay, without a path; null where they cannot. */
  readonly publicUrl: string | null;
  /** Nothing goes out over it; what comes in is still kept. */
  readonly disabled: boolean;
  /** Kept by this desktop alone, or told by the team's relay. */
  readonly origin: 'own' | 'team';
  /** Milliseconds since 1970. */
  readonly lastInboundAt: number | null;
  readonly lastReceiptAt: number | null;
  /** The carrier's list has been compared with ours up to this moment; null before the first time. */
  readonly sweptUntil: number | null;
};

type Row = {
  id: ConnectionId;
  provider: string;
  label: string;
  base_url: string | null;
  public_url: string | null;
  disabled: number;
  origin: Connection['origin'];
  last_inbound_at: number | null;
  last_receipt_at: number | null;
  swept_until: number | null;
};

const columns: Sql = sql`id, provider, label, base_url, public_url, disabled, origin, last_inbound_at, last_receipt_at, swept_until`;

const fromRow = (row: Row): Connection => ({
  id: row.id,
  provider: row.provider,
  label: row.label,
  baseUrl: row.base_url,
  publicUrl: row.public_url,
  disabled: row.disabled === 1,
  origin: row.origin,
  lastInboundAt: row.last_inbound_at,
  lastReceiptAt: row.last_receipt_at,
  sweptUntil: row.swept_until,
});

/** Every connection that was not removed, oldest first. */
export function listConnections(db: ReadableDb): Connection[] {
  return all<Row>(
    db,
    sql`SELECT ${columns} FROM connections WHERE removed_at IS NULL ORDER BY created_at, id`,
  ).map(fromRow);
}

/** Was there ever a connection here, removed ones counted? */
export function hadConnection(db: ReadableDb): boolean {
  return first(db, sql`SELECT 1 FROM connections LIMIT 1`) !== undefined;
}

/** A connection, removed or not: its conversations still name it. */
export function findConnection(db: ReadableDb, id: string): Connection | undefined {
  const row = first<Row>(db, sql`SELECT ${columns} FROM connections WHERE id = ${id}`);
  return row && fromRow(row);
}

export type NewConnection = Pick<Connection, 'id' | 'provider' | 'label' | 'baseUrl'> & {
  readonly publicUrl?: string | null;
  readonly origin?: Connection['origin'];
};

export function addConnection(db: WritableDb, connection: NewConnection, now: number): void {
  const { id, provider, label, baseUrl, publicUrl = null, origin = 'own' } = connection;
  run(
    db,
    sql`INSERT INTO connections (id, provider, label, base_url, public_url, origin, created_at)
        VALUES (${id}, ${provider}, ${label}, ${baseUrl}, ${publicUrl}, ${origin}, ${now})`,
  );
}

export type ConnectionChange = Pick<Connection, 'label' | 'publicUrl' | 'disabled'>;

export function changeConnection(db: WritableDb, id: string, change: ConnectionChange): void {
  runOne(
    db,
    sql`UPDATE connections SET label = ${change.label}, public_url = ${change.publicUrl},
        disabled = ${change.disabled ? 1 : 0} WHERE id = ${id}`,
  );
}

export function markConnectionRemoved(db: WritableDb, id: string, now: number): void {
  runOne(db, sql`UPDATE connections SET removed_at = ${now} WHERE id = ${id}`);
}

export type Heard = {
  readonly connectionId: string;
  readonly threadId: ThreadId;
  readonly what: 'inbound' | 'receipt';
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Remembers when the carrier last told us something, on the connection and on the line of the thread it is about. */
export function noteHeard(db: WritableDb, { connectionId, threadId, what, at }: Heard): void {
  const line = sql`(SELECT line_id FROM threads WHERE id = ${threadId})`;
  if (what === 'inbound') {
    run(db, sql`UPDATE connections SET last_inbound_at = ${at} WHERE id = ${connectionId}`);
    run(db, sql`UPDATE lines SET last_inbound_at = ${at} WHERE id = ${line}`);
  } else {
    run(db, sql`UPDATE connections SET last_receipt_at = ${at} WHERE id = ${connectionId}`);
    run(db, sql`UPDATE lines SET last_receipt_at = ${at} WHERE id = ${line}`);
  }
}

/** When a line last heard something. */
export type LineHeard = {
  readonly lineId: LineId;
  readonly lastInboundAt: number | null;
  readonly lastReceiptAt: number | null;
};

/** Every line of a connection with when it last heard something, oldest line first. */
export function listLinesHeard(db: ReadableDb, connectionId: string): LineHeard[] {
  return all<LineHeard>(
    db,
    sql`SELECT id AS lineId, last_inbound_at AS lastInboundAt, last_receipt_at AS lastReceiptAt FROM lines
        WHERE connection_id = ${connectionId} ORDER BY id`,
  );
}

export function noteSwept(db: WritableDb, id: string, until: number): void {
  run(db, sql`UPDATE connections SET swept_until = ${until} WHERE id = ${id}`);
}
