import { announce } from '#main/history/announce.ts';
import { takeListedCall } from '#main/inbound/take-listed-call.ts';
import { type Listing, type Taken, takeListedText } from '#main/inbound/take-listed-text.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { Asked, ListPage } from '#shared/provider/carrier-lists.ts';

import type { OpenedConnection } from './connection-book.ts';

const deadline = 30_000;

export type SyncDesk = {
  readonly db: WritableDb;
  readonly tell: Tell;
  now(): number;
  /** Called after a commit that may have left media to fetch. */
  wakeInbound(): void;
};

/** Which part of a carrier's lists to go through, and whether what is new in it is news to the agent. */
export type Span = { readonly since: number; readonly until: number; readonly unread: boolean };

export type SyncRun = {
  readonly opened: OpenedConnection;
  readonly span: Span;
  /** Hears after every page how far it is. */
  onProgress(sync: Sync): void;
  isCancelled(): boolean;
};

/**
 * Goes through the carrier's lists page by page and repairs what is missing here, each page in one transaction. It may be
 * stopped between two pages and done again: what is known already changes nothing.
 */
export async function syncHistory(desk: SyncDesk, run: SyncRun): Promise<Sync> {
  let sync: Sync = {
    connectionId: run.opened.connection.id,
    state: 'running',
    read: 0,
    texts: 0,
    calls: 0,
    failure: null,
  };
  const report = (change: Partial<Sync>): void => {
    sync = { ...sync, ...change };
    run.onProgress(sync);
  };
  report({});
  const { adapter } = run.opened;
  const { since, until } = run.span;
  const listing = listingOf(desk, run);
  await eachPage(
    run,
    report,
    (cursor) => adapter.listTexts?.({ since, until, between: null, cursor }, deadline),
    (rows) => {
      const added = take(desk, () => rows.map((row) => takeListedText(desk.db, listing, row)));
      report({ read: sync.read + rows.length, texts: sync.texts + added });
    },
  );
  await eachPage(
    run,
    report,
    (cursor) => adapter.listCalls?.({ since, until, cursor }, deadline),
    (rows) => {
      const added = take(desk, () => rows.map((row) => takeListedCall(desk.db, listing, row)));
      report({ read: sync.read + rows.length, calls: sync.calls + added });
    },
  );
  if (sync.state === 'running') report({ state: run.isCancelled() ? 'cancelled' : 'done' });
  return sync;
}

function listingOf(desk: SyncDesk, { opened, span }: SyncRun): Listing {
  const { id: connectionId, provider } = opened.connection;
  return { provider, connectionId, now: desk.now(), unread: span.unread };
}

/** Takes a page in and tells it; returns how many of its rows were new. */
function take(desk: SyncDesk, takeAll: () => Taken[]): number {
  const taken = transact(desk.db, takeAll);
  announce(
    desk.db,
    desk.tell,
    taken.flatMap((each) => each.changes),
  );
  desk.wakeInbound();
  return taken.filter((each) => each.added).length;
}

type Ask<Row> = (cursor: string | null) => Promise<Asked<ListPage<Row>>> | undefined;

// eslint-disable-next-line max-params -- what to ask and what to do with a page differ for texts and calls
async function eachPage<Row>(
  run: SyncRun,
  report: (change: Partial<Sync>) => void,
  ask: Ask<Row>,
  onPage: (rows: readonly Row[]) => void,
): Promise<void> {
  let cursor: string | null = null;
  do {
    if (run.isCancelled()) return;
    const asked: Asked<ListPage<Row>> | undefined = await ask(cursor);
    if (asked === undefined) return;
    if (asked.kind === 'not-told') {
      report({ state: 'failed', failure: asked.failure });
      return;
    }
    onPage(asked.answer.rows);
    cursor = asked.answer.next;
  } while (cursor !== null);
}
