import { announce } from '#main/history/announce.ts';
import { takeListedCall } from '#main/inbound/take-listed-call.ts';
import { type Listing, type Taken, takeListedText } from '#main/inbound/take-listed-text.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { Sync } from '#shared/contract/connection-shapes.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { Asked, ListPage } from '#shared/provider/carrier-lists.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

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
export type Span = {
  readonly since: number;
  readonly until: number;
  readonly unread: boolean;
  /** Call records too: some carriers make a file of them each time they are asked. */
  readonly calls: boolean;
};

export type SyncRun = {
  readonly opened: OpenedConnection;
  readonly span: Span;
  /** Hears after every page how far it is. */
  onProgress(sync: Sync): void;
  isCancelled(): boolean;
};

/** How it ended; `textsFailure` is why the texts could not be listed, where it is not the calls alone that could not. */
export type SyncEnd = Sync & { readonly textsFailure: SendFailure | null };

/**
 * Goes through the carrier's lists page by page and repairs what is missing here, each page in one transaction. It may be
 * stopped between two pages and done again: what is known already changes nothing. A list that fails does not stop the other.
 */
export async function syncHistory(desk: SyncDesk, run: SyncRun): Promise<SyncEnd> {
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
  const { since, until, calls } = run.span;
  const listing = listingOf(desk, run);
  const textsFailure = await eachPage(
    run,
    (cursor) => adapter.listTexts?.({ since, until, between: null, cursor }, deadline),
    (rows) => {
      const added = take(desk, () => rows.map((row) => takeListedText(desk.db, listing, row)));
      report({ read: sync.read + rows.length, texts: sync.texts + added });
    },
  );
  const callsFailure = await eachPage(
    run,
    (cursor) => (calls ? adapter.listCalls?.({ since, until, cursor }, deadline) : undefined),
    (rows) => {
      const added = take(desk, () => rows.map((row) => takeListedCall(desk.db, listing, row)));
      report({ read: sync.read + rows.length, calls: sync.calls + added });
    },
  );
  const failure = textsFailure ?? callsFailure;
  if (failure !== null) report({ state: 'failed', failure });
  else report({ state: run.isCancelled() ? 'cancelled' : 'done' });
  return { ...sync, textsFailure };
}

function listingOf(desk: SyncDesk, { opened, span }: SyncRun): Listing {
  const { id: connectionId, provider } = opened.connection;
  const carrier = opened.adapter.capabilities;
  return { provider, connectionId, now: desk.now(), unread: span.unread, carrier };
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

/** Takes page after page until the last one or until cancelled; why a page could not be had, null where all could. */
async function eachPage<Row>(
  run: SyncRun,
  ask: Ask<Row>,
  onPage: (rows: readonly Row[]) => void,
): Promise<SendFailure | null> {
  let cursor: string | null = null;
  do {
    if (run.isCancelled()) return null;
    const asked: Asked<ListPage<Row>> | undefined = await ask(cursor);
    if (asked === undefined) return null;
    if (asked.kind === 'not-told') return asked.failure;
    onPage(asked.answer.rows);
    cursor = asked.answer.next;
  } while (cursor !== null);
  return null;
}
