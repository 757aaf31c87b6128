import { type ReadableDb, all, first } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Counts, ThreadCursor } from '#shared/contract/contract.ts';
import type { LineId } from '#shared/message/line.ts';
import type { Thread, ThreadView } from '#shared/message/thread.ts';

import { type ThreadRow, threadColumns, threadFromRow } from './threads.ts';

type View = { readonly condition: Sql; readonly index: Sql; readonly indexOnLine: Sql };

/* Each condition repeats its index's own, word for word: that is how SQLite knows the index serves. The index is named, so
   that no statistics ever lead to another. */
const views: Readonly<Record<ThreadView, View>> = {
  open: {
    condition: sql`done = 0`,
    index: sql`threads_open`,
    indexOnLine: sql`threads_open_on_line`,
  },
  done: {
    condition: sql`done = 1`,
    index: sql`threads_done`,
    indexOnLine: sql`threads_done_on_line`,
  },
  unread: {
    condition: sql`unread > 0`,
    index: sql`threads_unread`,
    indexOnLine: sql`threads_unread`,
  },
  unanswered: {
    condition: sql`awaits_reply = 1 AND done = 0`,
    index: sql`threads_unanswered`,
    indexOnLine: sql`threads_unanswered`,
  },
  failed: {
    condition: sql`failed = 1`,
    index: sql`threads_failed`,
    indexOnLine: sql`threads_failed`,
  },
};

/** The threads of a view, on one line or on all, by the index made for it. */
function inView(view: ThreadView, lineId: LineId | null): Sql {
  const { condition, index, indexOnLine } = views[view];
  return lineId === null
    ? sql`threads INDEXED BY ${index} WHERE ${condition}`
    : sql`threads INDEXED BY ${indexOnLine} WHERE ${condition} AND line_id = ${lineId}`;
}

export type PageOfThreads = {
  readonly view: ThreadView;
  readonly lineId: LineId | null;
  readonly after: ThreadCursor | null;
  readonly limit: number;
};

/** The query of one page, newest first; keyset, never OFFSET, so that page 900 costs what page 1 does. */
export function threadPageQuery({ view, lineId, after, limit }: PageOfThreads): Sql {
  const older = after === null ? sql`` : sql`AND (last_at, id) < (${after.lastAt}, ${after.id})`;
  return sql`SELECT ${threadColumns} FROM ${inView(view, lineId)} ${older}
             ORDER BY last_at DESC, id DESC LIMIT ${limit}`;
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
  return first<{ n: number }>(db, sql`SELECT count(*) AS n FROM ${inView(view, lineId)}`)?.n ?? 0;
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
