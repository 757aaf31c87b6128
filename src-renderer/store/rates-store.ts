import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { ConnectionRates } from '#shared/contract/cost-commands.ts';

/** What texts cost over each connection; nothing until the host has told it. */
export type Rates = { readonly rates: readonly ConnectionRates[] };

export const createRatesStore = (): StoreApi<Rates> => createStore<Rates>(() => ({ rates: [] }));
