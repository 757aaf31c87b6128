import type { EntryId, ThreadId } from '#shared/message/entry.ts';

import { failureOf } from './failure-of.ts';
import type { Screen } from './screen.ts';
import { firstUnread, unloadedTimeline, withNewer, withOlder } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { changeTimeline, withTimeline } from './timelines-store.ts';

const pageSize = 60;
/** The most entries the host gives at once. */
const largestPage = 200;
/** Entries fetched beyond the unread ones, as some of ours may stand between them. */
const unreadContext = 30;
/** Entries shown before a found one. */
const before = 30;

/**
 * Loads the newest page of a thread; what is known of it is shown until then.
 * @param refreshing load as much as is shown, because any of it may have changed unheard
 */
export async function loadNewest(
  screen: Screen,
  threadId: ThreadId,
  refreshing = false,
): Promise<void> {
  const unread = screen.threads.getState().index.get(threadId)?.unread ?? 0;
  const known = screen.timelines.getState().byThread.get(threadId) ?? unloadedTimeline(threadId);
  const newFrom = known.newFrom ?? firstUnread(known.entries, unread);
  screen.timelines.setState((timelines) => withTimeline(timelines, { ...known, newFrom }));
  const wanted = Math.max(pageSize, unread + unreadContext, refreshing ? known.entries.length : 0);
  const limit = Math.min(largestPage, wanted);
  await attempt(screen, threadId, async () => {
    const page = await screen.host.call('entries.page', { threadId, before: null, limit });
    const loaded: Timeline = {
      ...unloadedTimeline(threadId),
      entries: page.entries,
      reachedStart: page.reachedStart,
      newFrom: firstUnread(page.entries, unread),
      phase: 'ready',
    };
    change(screen, threadId, (timeline) => joined(timeline, loaded));
  });
}

/**
 * Keeps older entries that were loaded already where the new page reaches them, so that a reader far up is not thrown out of
 * the place.
 */
function joined(known: Timeline, loaded: Timeline): Timeline {
  const first = loaded.entries[0]?.id;
  const reaches =
    first !== undefined && known.reachedEnd && known.entries.some(({ id }) => id >= first);
  const newFrom = loaded.newFrom ?? known.newFrom;
  if (!reaches) return { ...loaded, newFrom };
  const older = known.entries.filter(({ id }) => id < first);
  return {
    ...loaded,
    newFrom,
    entries: [...older, ...loaded.entries],
    reachedStart: older.length > 0 ? known.reachedStart : loaded.reachedStart,
  };
}

/** Loads again what is shown of a thread, because any of it may have changed unheard. */
export async function refreshTimeline(screen: Screen, threadId: ThreadId): Promise<void> {
  const timeline = screen.timelines.getState().byThread.get(threadId);
  const first = timeline?.entries[0];
  if (first === undefined || timeline?.reachedEnd) return loadNewest(screen, threadId, true);
  await attempt(screen, threadId, async () => {
    const page = await screen.host.call('entries.around', {
      threadId,
      entryId: first.id,
      limit: largestPage,
    });
    const { entries, reachedEnd } = page;
    change(screen, threadId, (it) => ({ ...it, entries, reachedEnd, failure: null }));
  });
}

/** Loads the surroundings of one entry, for example of a found text. */
export async function loadAround(
  screen: Screen,
  threadId: ThreadId,
  entryId: EntryId,
): Promise<void> {
  screen.timelines.setState((timelines) => withTimeline(timelines, unloadedTimeline(threadId)));
  await attempt(screen, threadId, async () => {
    const [older, newer] = await Promise.all([
      screen.host.call('entries.page', { threadId, before: entryId, limit: before }),
      screen.host.call('entries.around', { threadId, entryId, limit: pageSize }),
    ]);
    change(screen, threadId, (timeline) => ({
      ...timeline,
      entries: [...older.entries, ...newer.entries],
      reachedStart: older.reachedStart,
      reachedEnd: newer.reachedEnd,
      phase: 'ready',
      failure: null,
    }));
  });
}

/** Loads the page before the window, where there is one and it is not already on its way. */
export async function loadOlder(screen: Screen, threadId: ThreadId): Promise<void> {
  const timeline = screen.timelines.getState().byThread.get(threadId);
  const first = timeline?.entries[0];
  if (timeline === undefined || first === undefined) return;
  if (timeline.reachedStart || timeline.loadingOlder) return;
  change(screen, threadId, (it) => ({ ...it, loadingOlder: true }));
  await attempt(screen, threadId, async () => {
    const page = await screen.host.call('entries.page', {
      threadId,
      before: first.id,
      limit: pageSize,
    });
    change(screen, threadId, (it) => withOlder(it, page));
  });
}

/** Loads the page after the window, where there is one and it is not already on its way. */
export async function loadNewer(screen: Screen, threadId: ThreadId): Promise<void> {
  const timeline = screen.timelines.getState().byThread.get(threadId);
  const last = timeline?.entries.at(-1);
  if (timeline === undefined || last === undefined) return;
  if (timeline.reachedEnd || timeline.loadingNewer) return;
  change(screen, threadId, (it) => ({ ...it, loadingNewer: true }));
  await attempt(screen, threadId, async () => {
    const page = await screen.host.call('entries.around', {
      threadId,
      entryId: last.id,
      limit: pageSize,
    });
    change(screen, threadId, (it) => withNewer(it, page));
  });
}

/** A window that holds something stays on screen when a further page fails. */
async function attempt(
  screen: Screen,
  threadId: ThreadId,
  deed: () => Promise<void>,
): Promise<void> {
  try {
    await deed();
  } catch (error) {
    change(screen, threadId, (timeline) => ({
      ...timeline,
      phase: timeline.entries.length > 0 ? 'ready' : 'failed',
      loadingOlder: false,
      loadingNewer: false,
      failure: failureOf(error),
    }));
  }
}

function change(screen: Screen, threadId: ThreadId, to: (timeline: Timeline) => Timeline): void {
  screen.timelines.setState((timelines) => changeTimeline(timelines, threadId, to));
}
