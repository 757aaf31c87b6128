import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { ThreadId } from '#shared/message/entry.ts';

import type { Timeline } from './timeline.ts';

/** The timelines of the threads looked at last, the latest at the end. */
export type Timelines = { readonly byThread: ReadonlyMap<ThreadId, Timeline> };

/** Threads whose newest entries are kept for a quick return. */
const mostThreads = 8;

export const createTimelinesStore = (): StoreApi<Timelines> =>
  createStore<Timelines>(() => ({ byThread: new Map() }));

/** Puts a timeline in as the latest looked at; the longest unlooked-at one makes room. */
export function withTimeline({ byThread }: Timelines, timeline: Timeline): Timelines {
  const next = new Map(byThread);
  next.delete(timeline.threadId);
  next.set(timeline.threadId, timeline);
  for (const threadId of next.keys()) {
    if (next.size <= mostThreads) break;
    next.delete(threadId);
  }
  return { byThread: next };
}

/** Changes one timeline where it stands; the same state where it is not there or did not change. */
export function changeTimeline(
  timelines: Timelines,
  threadId: ThreadId,
  change: (timeline: Timeline) => Timeline,
): Timelines {
  const before = timelines.byThread.get(threadId);
  if (before === undefined) return timelines;
  const after = change(before);
  if (after === before) return timelines;
  return { byThread: new Map(timelines.byThread).set(threadId, after) };
}
