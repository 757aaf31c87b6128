import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';

import type { ConnectionView, Sync } from '#shared/contract/connection-shapes.ts';
import type { CommandOutput } from '#shared/contract/contract.ts';
import type { Failure } from '#shared/contract/failure.ts';
import type { ConnectionId } from '#shared/message/line.ts';

/** A carrier that can be connected. */
export type Carrier = CommandOutput<'providers.list'>['providers'][number];

/** A carrier that is a filled form of another, as far as it is known. */
export type Preset = CommandOutput<'providers.list'>['presets'][number];

/** Our accounts with carriers, and how far the fetching of their histories has come. */
export type Connections = {
  /** Null until the host has told them. */
  readonly list: readonly ConnectionView[] | null;
  /** Every carrier there is; null until it was asked for. */
  readonly carriers: readonly Carrier[] | null;
  readonly presets: readonly Preset[];
  /** Why our accounts, or the carriers, could not be fetched. */
  readonly failure: Failure | null;
  readonly carriersFailure: Failure | null;
  readonly syncs: ReadonlyMap<ConnectionId, Sync>;
};

export const createConnectionsStore = (): StoreApi<Connections> =>
  createStore<Connections>(() => ({
    list: null,
    carriers: null,
    presets: [],
    failure: null,
    carriersFailure: null,
    syncs: new Map(),
  }));

/** The latest word of a connection's history. */
export function withSync({ syncs }: Connections, sync: Sync): Pick<Connections, 'syncs'> {
  return { syncs: new Map(syncs).set(sync.connectionId, sync) };
}

/** Without those under way, of which nothing is known after a break; the next word of one puts it back. */
export function withoutRunning({ syncs }: Connections): Pick<Connections, 'syncs'> {
  return { syncs: new Map([...syncs].filter(([, { state }]) => state !== 'running')) };
}
