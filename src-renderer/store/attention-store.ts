import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';

export type AttentionItem = CommandOutput<'attention.list'>['items'][number];

/** Deliveries that could not be understood. `items` is null until they were fetched. */
export type Attention = {
  readonly items: readonly AttentionItem[] | null;
  readonly failure: Failure | null;
  /** Item by item, what came of reading it again. */
  readonly outcomes: ReadonlyMap<number, 'reading' | 'still-not-understood' | Failure>;
};

export const createAttentionStore = (): StoreApi<Attention> =>
  createStore<Attention>(() => ({ items: null, failure: null, outcomes: new Map() }));
