import { type ReadableDb, first } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';

export const orders = ['thread', 'time'] as const;

/** Which entries to export. */
export type Wanted = {
  /** Our number, as the history writes it; null for all. */
  readonly line: string | null;
  /** From this moment on, and before that one, milliseconds since 1970. */
  readonly since: number | null;
  readonly until: number | null;
  /** `thread`: by line, by peer, then as the thread shows them. `time`: all in one row. */
  readonly order: (typeof orders)[number];
};

const columns: Sql = sql`entries.id, entries.uid, entries.at, entries.kind, entries.direction, entries.text, entries.state,
  entries.failure_kind, entries.failure_raw, entries.undecided, entries.segments, entries.encoding, entries.seconds,
  entries.outcome, entries.has_media, threads.uid AS thread_uid, threads.peer, threads.name, lines.number,
  lines.label AS line_label, lines.connection_id, connections.provider, billing.entry_id AS billed,
  billing.segments AS billed_segments, billing.price_micros, billing.fee_micros, billing.currency,
  inbound_ids.provider_id AS inbound_id,
  coalesce((SELECT name FROM team_members WHERE team_members.id = entries.author),
    (SELECT name FROM team WHERE team.id = 1 AND team.desktop = entries.author)) AS author`;

/* The tables are read in the order written here (CROSS JOIN), each by the index that has the order wanted, and what only adds
   columns comes last: nothing is sorted, so the first row comes at once and a million need no memory. */
const inOrder: Readonly<Record<Wanted['order'], { readonly tables: Sql; readonly by: Sql }>> = {
  thread: {
    tables: sql`threads INDEXED BY sqlite_autoindex_threads_2 CROSS JOIN entries ON entries.thread_id = threads.id`,
    by: sql`threads.line_id, threads.peer, entries.id`,
  },
  time: {
    tables: sql`entries INDEXED BY entries_by_id CROSS JOIN threads ON threads.id = entries.thread_id`,
    by: sql`entries.id`,
  },
};

/* The plus keeps SQLite from going through the threads by line, in which order they would have to be sorted. */
function matches({ line, since, until }: Wanted): Sql {
  const onLine =
    line === null
      ? sql``
      : sql`AND +threads.line_id IN (SELECT id FROM lines WHERE number = ${line})`;
  const from = since === null ? sql`` : sql`AND entries.at >= ${since}`;
  const before = until === null ? sql`` : sql`AND entries.at < ${until}`;
  return sql`WHERE 1 ${onLine} ${from} ${before}`;
}

/** The query of all that is wanted, in its order. */
export function wantedQuery(wanted: Wanted): Sql {
  const { tables, by } = inOrder[wanted.order];
  return sql`SELECT ${columns} FROM ${tables}
    CROSS JOIN lines ON lines.id = threads.line_id
    LEFT JOIN connections ON connections.id = lines.connection_id
    LEFT JOIN billing ON billing.entry_id = entries.id
    LEFT JOIN inbound_ids ON inbound_ids.entry_id = entries.id
    ${matches(wanted)} ORDER BY ${by}`;
}

export function countWanted(db: ReadableDb, wanted: Wanted): number {
  const { tables } = inOrder.thread;
  const query = sql`SELECT count(*) AS n FROM ${tables} ${matches(wanted)}`;
  return first<{ n: number }>(db, query)?.n ?? 0;
}
