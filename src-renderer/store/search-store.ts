import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';

export type SearchAnswer = CommandOutput<'search'>;

/** What is being looked for; an empty query is no search. `answer` belongs to `answered`, which may lag behind `query`. */
export type Search = {
  readonly query: string;
  readonly answered: string;
  readonly answer: SearchAnswer | null;
  readonly limit: number;
  readonly failure: Failure | null;
};

/** Texts shown at first, and the most that may be asked for at once. */
export const firstHits = 50;
export const mostHits = 200;

export const createSearchStore = (): StoreApi<Search> =>
  createStore<Search>(() => ({
    query: '',
    answered: '',
    answer: null,
    limit: firstHits,
    failure: null,
  }));
