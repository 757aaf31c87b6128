import type { EntryId, ThreadId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { failureOf } from './failure-of.ts';
import { loadTeam } from './hear-team.ts';
import { loadAttention } from './load-attention.ts';
import { loadCarriers, loadConnections } from './load-connections.ts';
import { loadBroadcasts, loadTemplates } from './load-later.ts';
import { loadAround, loadNewest } from './load-timeline.ts';
import { openThreadId } from './place-store.ts';
import type { ConnectionsPlace } from './place-store.ts';
import { flushDrafts } from './save-drafts.ts';
import type { Screen } from './screen.ts';
import { unloadedTimeline, withNewestOnly } from './timeline.ts';
import { changeTimeline } from './timelines-store.ts';

/** Entries kept of a thread that was left, for a quick return. */
const keptOnLeaving = 60;

/** Opens a thread, at one of its entries where that is asked for. */
export async function openThread(
  screen: Screen,
  threadId: ThreadId,
  target: EntryId | null = null,
): Promise<void> {
  leave(screen);
  const { pane } = screen.place.getState();
  const visit = pane.kind === 'thread' ? pane.visit + 1 : 1;
  screen.place.setState({
    pane: { kind: 'thread', threadId, target, visit },
    selected: target,
    details: null,
  });
  await Promise.all([
    learnThread(screen, threadId),
    target === null ? loadNewest(screen, threadId) : loadAround(screen, threadId, target),
  ]);
}

/** Puts a thread that came with an answer where the thread view looks for it. */
export function rememberThread({ threads }: Screen, thread: Thread): void {
  threads.setState(({ index, revision }) => {
    index.set(thread.id, thread);
    return { revision: revision + 1 };
  });
}

async function learnThread(screen: Screen, threadId: ThreadId): Promise<void> {
  if (screen.threads.getState().index.has(threadId)) return;
  try {
    const { thread } = await screen.host.call('thread.get', { threadId });
    rememberThread(screen, thread);
  } catch (error) {
    const failure = failureOf(error);
    screen.timelines.setState((timelines) =>
      changeTimeline(timelines, threadId, (timeline) => ({ ...timeline, failure })),
    );
  }
}

export function openNewMessage(screen: Screen): void {
  leave(screen);
  screen.place.setState({ pane: { kind: 'new-message' } });
}

export async function openAttention(screen: Screen): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'attention' } });
  await loadAttention(screen);
}

/** Opens the page about working from several desktops. */
export async function openTeam(screen: Screen): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'team' } });
  await loadTeam(screen);
}

/** Opens the page of words to begin a text with. */
export async function openTemplates(screen: Screen): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'templates' } });
  await loadTemplates(screen);
}

/** Opens the page of texts to many. */
export async function openBroadcasts(screen: Screen): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'broadcasts' } });
  await loadBroadcasts(screen);
}

/** Opens the page about what texts cost. */
export async function openCosts(screen: Screen): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'costs' } });
  await loadConnections(screen);
}

/** Opens a page about our accounts with carriers. */
export async function openConnections(
  screen: Screen,
  at: ConnectionsPlace = { page: 'list' },
): Promise<void> {
  leave(screen);
  screen.place.setState({ pane: { kind: 'connections', at } });
  await Promise.all([loadConnections(screen), loadCarriers(screen)]);
}

export function closePane(screen: Screen): void {
  leave(screen);
  screen.place.setState({ pane: { kind: 'nothing' } });
}

/** What was being written is saved, and of the thread that is left only the newest entries are kept. */
function leave(screen: Screen): void {
  void flushDrafts(screen);
  const threadId = openThreadId(screen.place.getState());
  if (threadId === null) return;
  screen.timelines.setState((timelines) =>
    changeTimeline(timelines, threadId, (timeline) =>
      timeline.reachedEnd
        ? { ...withNewestOnly(timeline, keptOnLeaving), newFrom: null }
        : unloadedTimeline(threadId),
    ),
  );
}

/**
 * The thread so many steps further down the list, or up where negative.
 * @param wanted which threads count as steps
 */
export function threadAt(
  screen: Screen,
  steps: 1 | -1,
  wanted: (thread: Thread) => boolean,
): ThreadId | null {
  const { list, index } = screen.threads.getState();
  const openId = openThreadId(screen.place.getState());
  const from = openId === null ? -1 : list.ids.indexOf(openId);
  const start = from === -1 && steps === -1 ? list.ids.length : from;
  for (let at = start + steps; at >= 0 && at < list.ids.length; at += steps) {
    const thread = index.get(list.ids[at] as ThreadId);
    if (thread !== undefined && wanted(thread)) return thread.id;
  }
  return null;
}
