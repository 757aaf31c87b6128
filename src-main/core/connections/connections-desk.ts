import type { ConnectionsDesk } from '#main/commands/desk.ts';
import { listLines } from '#main/history/lines.ts';
import { presets } from '#main/providers/presets.ts';
import { providers } from '#main/providers/registry.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { Tell } from '#shared/contract/contract.ts';
import type { ConnectionId, Line } from '#shared/message/line.ts';

import type { SecretStore } from '../host-services.ts';
import { testAdapter } from './carrier-numbers.ts';
import {
  type Keeping,
  alterConnection,
  dropConnection,
  keepConnection,
  mustFindConnection,
  tryOpening,
} from './change-connections.ts';
import type { ConnectionBook } from './connection-book.ts';
import type { ConnectionHealth } from './connection-health.ts';
import { viewConnection, viewConnections } from './connection-views.ts';
import { mustBeOpen, numbersDesk } from './numbers-desk.ts';
import { SyncRuns } from './sync-runs.ts';
import { verifyConnection } from './verify-connection.ts';

export type ConnectionsParts = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  readonly relayUrl: string;
  readonly tell: Tell;
  /** Called after a commit that may have left media to fetch. */
  wakeInbound(): void;
};

/** What every answer about connections is made with. */
export type ConnectionTools = ConnectionsParts & {
  keeping(): Keeping;
  /** Tells every screen how the connections stand. */
  changed(): void;
};

/** Answers everything the screen asks about carriers, connections and numbers. */
export function connectionsDesk(parts: ConnectionsParts): ConnectionsDesk {
  const list = () => viewConnections(parts);
  const tools: ConnectionTools = {
    ...parts,
    keeping: () => ({ db: parts.db, secrets: parts.secrets, now: parts.clock.now() }),
    changed: () => parts.tell('connections.changed', { connections: list() }),
  };
  return {
    list,
    providers: () => ({
      providers: providers.map(({ id, capabilities }) => ({ id, capabilities })),
      presets: presets.map((preset) => ({ ...preset, values: { ...preset.values } })),
    }),
    ...keepingDesk(tools),
    ...numbersDesk(tools),
    ...syncDesk(tools),
  };
}

type Keeps =
  | 'connection.test'
  | 'connection.add'
  | 'connection.change'
  | 'connection.remove'
  | 'connection.verify';

function keepingDesk(tools: ConnectionTools): Pick<ConnectionsDesk, Keeps> {
  const { db, book, health, keeping, changed } = tools;
  const reopen = async (id: ConnectionId) => {
    await book.open(id);
    changed();
    return { connection: viewConnection(tools, mustFindConnection(db, id)) };
  };
  return {
    'connection.test': (input) => testAdapter(tryOpening(input).adapter),
    'connection.verify': async ({ connectionId, textToSelf }) => {
      const { adapter } = mustBeOpen(book, connectionId);
      const line = textToSelf ? firstLineOf(db, connectionId) : null;
      return { steps: await verifyConnection({ db, clock: tools.clock, adapter, line }) };
    },
    'connection.add': async (input) => reopen(await keepConnection(keeping(), input)),
    'connection.change': async (input) => {
      await alterConnection(keeping(), input);
      return reopen(input.connectionId);
    },
    'connection.remove': async ({ connectionId }) => {
      await dropConnection(keeping(), connectionId);
      book.close(connectionId);
      health.forget(connectionId);
      changed();
      return {};
    },
  };
}

function firstLineOf(db: WritableDb, connectionId: ConnectionId): Line | null {
  return listLines(db).find((line) => line.connectionId === connectionId) ?? null;
}

function syncDesk({
  db,
  tell,
  clock,
  book,
  wakeInbound,
}: ConnectionTools): Pick<ConnectionsDesk, 'sync.start' | 'sync.cancel'> {
  const syncs = new SyncRuns({ db, tell, wakeInbound, now: () => clock.now() });
  return {
    'sync.start': ({ connectionId, since }) => ({
      sync: syncs.start(mustBeOpen(book, connectionId), since),
    }),
    'sync.cancel': ({ connectionId }) => {
      syncs.cancel(connectionId);
      return {};
    },
  };
}
