import path from 'node:path';

import { findConnection, listConnections } from '#main/history/connections.ts';
import { closeHistory, openHistory } from '#main/history/open-history.ts';
import { lineOfDelivery } from '#main/inbound/line-of-delivery.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { MediaLinks } from '#main/relay/media-links/media-links.ts';
import type { FileWorkspace } from '#main/relay/media-links/take-file.ts';
import { openNatsLog, type NatsWishes } from '#main/relay/open-nats-log.ts';
import type { ServedWorkspace } from '#main/relay/serve-workspaces.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import type { Clock } from '#shared/contract/clock.ts';

import { ConnectionBook } from '../connections/connection-book.ts';
import { ConnectionHealth } from '../connections/connection-health.ts';
import { findHookIn } from '../connections/find-hook.ts';
import { keepSessions } from '../connections/keep-sessions.ts';
import { createKeyFileStore } from '../key-file-store.ts';
import { prepareDataFolder } from '../prepare-data-folder.ts';
import { shareConnections, withAddress } from './share-connections.ts';
import type { WorkspaceFolder } from './workspace-folders.ts';

export type OpeningParts = {
  readonly clock: Clock;
  /** Servers that keep the logs; null keeps each in its workspace's folder. */
  readonly nats: Omit<NatsWishes, 'workspace'> | null;
};

/** A workspace of the relay, opened. */
export type RelayWorkspace = {
  readonly name: string;
  readonly served: ServedWorkspace;
  /** Where its desktops leave files for carriers to fetch. */
  readonly files: FileWorkspace;
  readonly connectionIds: readonly string[];
  /** To be called as soon as the relay listens: begins the standing sessions. */
  begin(relayUrl: string, publicUrl: string): Promise<void>;
  /** Ends the standing sessions. */
  stop(): Promise<void>;
};

type Undo = (() => void | Promise<void>)[];

/**
 * Opens one workspace and takes its folder for this process. What is to be closed again, also where a later step fails, is
 * pushed onto `undo`, the last first to be done.
 */
export async function openRelayWorkspace(
  { name, folder }: WorkspaceFolder,
  { clock, nats }: OpeningParts,
  undo: Undo,
): Promise<RelayWorkspace> {
  undo.push(prepareDataFolder(folder));
  const db = openHistory(folder);
  undo.push(() => closeHistory(db));
  const secrets = createKeyFileStore(folder);
  const book = new ConnectionBook({ db, secrets, whereIs: () => null });
  await book.openAll();
  const health = new ConnectionHealth();
  const log = await openLog({ name, folder }, nats, book);
  undo.push(() => log.close());
  const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
  undo.push(() => desktops.close());
  const links = new MediaLinks({ folder: path.join(folder, 'outbound-media'), clock });
  undo.push(() => links.close());
  const shared = await shareConnections({ db, secrets, book });
  let ownUrl = '';
  let sessions: { stop(): Promise<void> } | null = null;
  return {
    name,
    connectionIds: listConnections(db).map(({ id }) => id),
    served: {
      name,
      log,
      findConnection: findHookIn(book, health),
      // Desktops that are not connected are waited for as long as anything is kept, which is 30 days.
      taken: () => Infinity,
      team: {
        desktops,
        connections: () => shared.map((each) => withAddress(each, ownUrl)),
        hasOrHad: (id) => findConnection(db, id) !== undefined,
      },
    },
    files: {
      desktops,
      links,
      addressFor(id) {
        const opened = book.get(id);
        return opened === undefined ? null : (opened.connection.publicUrl ?? ownUrl);
      },
    },
    async begin(relayUrl, publicUrl) {
      ownUrl = publicUrl;
      await book.relayListensOn(relayUrl);
      sessions = keepSessions({ book, health, deliveries: log, clock, touch: () => undefined });
    },
    async stop() {
      await sessions?.stop();
    },
  };
}

function openLog(
  { name, folder }: WorkspaceFolder,
  nats: OpeningParts['nats'],
  book: ConnectionBook,
): DeliveryLog | Promise<DeliveryLog> {
  if (nats !== null) return openNatsLog({ ...nats, workspace: name });
  return openSqliteLog(path.join(folder, 'relay.db'), (raw) =>
    lineOfDelivery(book.get(raw.connectionId)?.adapter, raw),
  );
}
