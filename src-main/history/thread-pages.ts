import { type ReadableDb, all, first } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Counts, ThreadCursor } from '#shared/contract/contract.ts';
import type { LineId } from '#shared/message/line.ts';
import type { Thread, ThreadView } from '#shared/message/thread.ts';

import { type ThreadRow, threadColumns, threadFromRow } from './threads.ts';

/* Each condition repeats its index's own, word for word: that is how SQLite knows the index serves. */
const conditions: Readonly<Record<ThreadView, Sql>> = {
  open: sql`done = 0`,
  done: sql`done = 1`,
  unread: sql`unread > 0`,
  unanswered: sql`awaits_reply = 1 AND done = 0`,
  failed: sql`failed = 1`,
};

export type PageOfThreads = {
  readonly view: ThreadView;
  readonly lineId: LineId | null;
  readonly after: ThreadCursor | null;
  readonly limit: number;
};

/** The query of one page, newest first; keyset, never OFFSET, so that page 900 costs what page 1 does. */
export function threadPageQuery(page: PageOfThreads): Sql {
  const onLine = page.lineId === null ? sql`` : sql`AND line_id = ${page.lineId}`;
  const after =
    page.after === null ? sql`` : sql`AND (last_at, id) < (${page.after.lastAt}, ${page.after.id})`;
  return sql`SELECT ${threadColumns} FROM threads WHERE ${conditions[page.view]} ${onLine} ${after}
             ORDER BY last_at DESC, id DESC LIMIT ${page.limit}`;
}

/** One page of a view. `next` is null on the last page. */
export function pageThreads(
  db: ReadableDb,
  page: PageOfThreads,
): { threads: Thread[]; next: ThreadCursor | null } {
  const rows = all<ThreadRow>(db, threadPageQuery({ ...page, limit: page.limit + 1 }));
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const more = rows.length > shown.length && last !== undefined;
  return {
    threads: shown.map(threadFromRow),
    next: more ? { lastAt: last.last_at, id: last.id } : null,
  };
}

/** How many threads a view holds. */
export function countThreads(db: ReadableDb, view: ThreadView, lineId: LineId | null): number {
  const onLine = lineId === null ? sql`` : sql`AND line_id = ${lineId}`;
  const row = first<{ n: number }>(
    db,
    sql`SELECT count(*) AS n FROM threads WHERE ${conditions[view]} ${onLine}`,
  );
  return row?.n ?? 0;
}

/** Threads in each view, over all lines. */
export function countViews(db: ReadableDb): Counts {
  const count = (view: ThreadView): number => countThreads(db, view, null);
  return {
    open: count('open'),
    unread: count('unread'),
    done: count('done'),
    unanswered: count('unanswered'),
    failed: count('failed'),
  };
}
