import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { ThreadFilter } from './belongs-to-view.ts';
import type { ThreadIndex, ThreadList } from './thread-list.ts';

export type Threads = {
  readonly index: ThreadIndex;
  readonly list: ThreadList;
  /** Raised when a thread in the index changed, so that whoever shows it looks again. */
  readonly revision: number;
};

/** A list of which nothing is known yet. */
export const unloadedList = (filter: ThreadFilter): ThreadList => ({
  view: filter.view,
  lineId: filter.lineId,
  ids: [],
  next: null,
  total: 0,
  phase: 'loading',
  failure: null,
});

export const createThreadsStore = (): StoreApi<Threads> =>
  createStore<Threads>(() => ({
    index: new Map(),
    list: unloadedList({ view: 'open', lineId: null }),
    revision: 0,
  }));
