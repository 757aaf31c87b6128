import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Meter, RegistrationBook } from '#shared/contract/registration-commands.ts';

/** What is registered and how much of each limit is used; nothing until the host has told it. */
export type Registration = {
  readonly book: RegistrationBook | null;
  readonly meters: readonly Meter[];
};

export const createRegistrationStore = (): StoreApi<Registration> =>
  createStore<Registration>(() => ({ book: null, meters: [] }));
