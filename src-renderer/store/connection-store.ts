import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { ConnectionState } from '#shared/contract/call-host.ts';

export type Connection = {
  readonly state: ConnectionState;
  /** The host is there, but does not accept this page's key. */
  readonly refused: boolean;
};

export const createConnectionStore = (): StoreApi<Connection> =>
  createStore<Connection>(() => ({ state: 'connecting', refused: false }));
