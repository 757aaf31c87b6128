import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

/** What the screen's one live region says. `count` rises with each saying, so that the same words are said twice. */
export type Announcement = { readonly words: string; readonly count: number };

export const createAnnouncementStore = (): StoreApi<Announcement> =>
  createStore<Announcement>(() => ({ words: '', count: 0 }));
