import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';

/** Whether everything comes in: what is known to be missing, and how the checks of our lines went. */
export type Care = CommandOutput<'gaps.list'> &
  CommandOutput<'check.list'> & {
    /** Why it could not be fetched. */
    readonly failure: Failure | null;
  };

export const createCareStore = (): StoreApi<Care> =>
  createStore<Care>(() => ({ gaps: [], plans: [], checks: [], failure: null }));
