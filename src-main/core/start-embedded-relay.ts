import path from 'node:path';

import { readCursor } from '#main/history/deliveries-seen.ts';
import { type Relay, startRelay } from '#main/relay/start-relay.ts';
import type { WritableDb } from '#main/sqlite/database.ts';

import type { HostServices } from './host-services.ts';
import type { OpenedConnection } from './open-connections.ts';

export type EmbeddedRelay = {
  readonly host: HostServices;
  readonly db: WritableDb;
  readonly opened: ReadonlyMap<string, OpenedConnection>;
  /** 0 picks a free one. */
  readonly port: number;
};

/** Starts the relay inside this program, with its log in the data folder. It keeps what the history has not taken in yet. */
export async function startEmbeddedRelay({
  host,
  db,
  opened,
  port,
}: EmbeddedRelay): Promise<Relay> {
  let logId: string | null = null;
  const relay = await startRelay({
    dataFile: path.join(host.dataFolder, 'relay.db'),
    host: '127.0.0.1',
    port,
    clock: host.clock,
    findConnection(provider, connectionId) {
      const found = opened.get(connectionId);
      if (found?.connection.provider !== provider) return null;
      return { guard: found.guard, pathSecret: null, publicUrl: null };
    },
    taken: () => (logId === null ? 0 : readCursor(db, logId)),
  });
  logId = relay.log.id;
  return relay;
}
