import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Counts, Health, Settings } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { Line } from '#shared/message/line.ts';

/** What stands around the conversations: our lines, the counts of the views, the health of the host, the settings. */
export type Overview = {
  /** False until the host has told it for the first time. */
  readonly ready: boolean;
  readonly failure: Failure | null;
  readonly lines: readonly Line[];
  readonly counts: Counts;
  readonly health: Health | null;
  readonly settings: Settings;
  /** Put before a media id to get its address. */
  readonly mediaBase: string;
};

export const createOverviewStore = (): StoreApi<Overview> =>
  createStore<Overview>(() => ({
    ready: false,
    failure: null,
    lines: [],
    counts: { open: 0, unread: 0, done: 0, unanswered: 0, failed: 0 },
    health: null,
    settings: { theme: 'system' },
    mediaBase: '',
  }));
