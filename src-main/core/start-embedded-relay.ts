import path from 'node:path';

import { readCursor } from '#main/history/deliveries-seen.ts';
import { lineOfDelivery } from '#main/inbound/line-of-delivery.ts';
import type { MediaLinks } from '#main/relay/media-links/media-links.ts';
import { type Relay, startRelay } from '#main/relay/start-relay.ts';
import type { WritableDb } from '#main/sqlite/database.ts';

import type { ConnectionBook } from './connections/connection-book.ts';
import type { ConnectionHealth } from './connections/connection-health.ts';
import { findHookIn } from './connections/find-hook.ts';
import type { HostServices } from './host-services.ts';

export type EmbeddedRelay = {
  readonly host: HostServices;
  readonly db: WritableDb;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  /** Pictures that carriers fetch here. */
  readonly links: MediaLinks;
  /** 0 picks a free one. */
  readonly port: number;
};

/** Starts the relay inside this program, with its log in the data folder. It keeps what the history has not taken in yet. */
export async function startEmbeddedRelay({
  host,
  db,
  book,
  health,
  links,
  port,
}: EmbeddedRelay): Promise<Relay> {
  let logId: string | null = null;
  const relay = await startRelay({
    dataFile: path.join(host.dataFolder, 'relay.db'),
    host: '127.0.0.1',
    port,
    clock: host.clock,
    media: { links: () => [links], takeFile: null },
    findConnection: findHookIn(book, health),
    lineOf: (raw) => lineOfDelivery(book.get(raw.connectionId)?.adapter, raw),
    taken: () => (logId === null ? 0 : readCursor(db, logId)),
  });
  logId = relay.log.id;
  return relay;
}
