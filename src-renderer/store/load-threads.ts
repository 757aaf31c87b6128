import type { ThreadCursor } from '#shared/contract/contract.ts';

import type { ThreadFilter } from './belongs-to-view.ts';
import { failureOf } from './failure-of.ts';
import { openThreadId } from './place-store.ts';
import type { Screen } from './screen.ts';
import { withFirstPage, withNextPage } from './thread-list.ts';
import type { ThreadIndex, ThreadList, ThreadPage } from './thread-list.ts';
import { unloadedList } from './threads-store.ts';

const pageSize = 100;

/** Shows another view or line, or the same one anew. */
export async function showList(screen: Screen, filter: ThreadFilter): Promise<void> {
  forgetAllButOpen(screen);
  screen.threads.setState({ list: unloadedList(filter) });
  await loadFirstPage(screen);
}

/** Fetches the first page again; what is shown stays until it is there. */
export async function loadFirstPage(screen: Screen): Promise<void> {
  const { list } = screen.threads.getState();
  await fetchPage(screen, { filter: list, after: null, put: withFirstPage });
}

/** Fetches the page after the last one, where there is one and it is not already on its way. */
export async function loadMoreThreads(screen: Screen): Promise<void> {
  const { list } = screen.threads.getState();
  if (list.next === null || list.phase === 'loading' || list.phase === 'loading-more') return;
  screen.threads.setState({ list: { ...list, phase: 'loading-more' } });
  await fetchPage(screen, { filter: list, after: list.next, put: withNextPage });
}

type Fetching = {
  readonly filter: ThreadFilter;
  readonly after: ThreadCursor | null;
  readonly put: (list: ThreadList, index: ThreadIndex, page: ThreadPage) => ThreadList;
};

async function fetchPage(screen: Screen, { filter, after, put }: Fetching): Promise<void> {
  const { view, lineId } = filter;
  try {
    const page = await screen.host.call('threads.page', { view, lineId, after, limit: pageSize });
    changeList(screen, filter, (list) => put(list, screen.threads.getState().index, page));
  } catch (error) {
    const failure = failureOf(error);
    changeList(screen, filter, (list) => ({ ...list, phase: 'failed', failure }));
  }
}

/** An answer for a list that is no longer shown comes too late and does nothing. */
function changeList(
  { threads }: Screen,
  filter: ThreadFilter,
  change: (list: ThreadList) => ThreadList,
): void {
  const { list, revision } = threads.getState();
  if (list.view !== filter.view || list.lineId !== filter.lineId) return;
  threads.setState({ list: change(list), revision: revision + 1 });
}

/** The index never outgrows what one list has shown. */
function forgetAllButOpen({ threads, place }: Screen): void {
  const { index } = threads.getState();
  const openId = openThreadId(place.getState());
  for (const threadId of index.keys()) if (threadId !== openId) index.delete(threadId);
}
