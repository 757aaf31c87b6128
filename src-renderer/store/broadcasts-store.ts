import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { Broadcast } from '#shared/contract/broadcast-commands.ts';
import type { Failure } from '#shared/contract/failure.ts';

/** Texts to many, newest first; null until the host has told them. */
export type Broadcasts = {
  readonly all: readonly Broadcast[] | null;
  readonly failure: Failure | null;
};

export const createBroadcastsStore = (): StoreApi<Broadcasts> =>
  createStore<Broadcasts>(() => ({ all: null, failure: null }));

/** One broadcast as it now stands. */
export function withBroadcast({ all }: Broadcasts, broadcast: Broadcast): Broadcasts {
  const known = all ?? [];
  const isNew = known.every(({ id }) => id !== broadcast.id);
  const changed = known.map((each) => (each.id === broadcast.id ? broadcast : each));
  return { all: isNew ? [broadcast, ...known] : changed, failure: null };
}
