import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Failure } from '#shared/contract/failure.ts';
import type { Template } from '#shared/contract/template-commands.ts';

/** Words to begin a text with; null until the host has told them. */
export type Templates = {
  readonly all: readonly Template[] | null;
  readonly failure: Failure | null;
};

export const createTemplatesStore = (): StoreApi<Templates> =>
  createStore<Templates>(() => ({ all: null, failure: null }));
