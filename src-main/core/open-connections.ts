import { type Connection, listConnections } from '#main/history/connections.ts';
import { log } from '#main/log/log.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ProviderAdapter, WebhookGuard } from '#shared/provider/provider.ts';

import type { SecretStore } from './host-services.ts';

export type OpenedConnection = {
  readonly connection: Connection;
  readonly adapter: ProviderAdapter;
  readonly guard: WebhookGuard;
};

/** Name under which a connection's credentials lie in the secret store. */
export const credentialsName = (connectionId: string): string => `credentials/${connectionId}`;

/** A connection's credentials; null where the store has none. */
export async function readCredentials(
  secrets: SecretStore,
  connectionId: string,
): Promise<Record<string, string> | null> {
  const stored = await secrets.get(credentialsName(connectionId));
  return stored === null ? null : (JSON.parse(stored) as Record<string, string>);
}

/** Where the API of a connection is, where that is known only at run time; null for the one written down. */
export type WhereIs = (connectionId: string) => string | null;

/** Opens every connection whose carrier is known and whose credentials are there; says which could not be. */
export async function openConnections(
  db: ReadableDb,
  secrets: SecretStore,
  whereIs: WhereIs,
): Promise<Map<string, OpenedConnection>> {
  const opened = new Map<string, OpenedConnection>();
  for (const connection of listConnections(db)) {
    const baseUrl = whereIs(connection.id) ?? connection.baseUrl;
    const credentials = await readCredentials(secrets, connection.id);
    const open = openOne({ ...connection, baseUrl }, credentials);
    if (open !== null) opened.set(connection.id, open);
  }
  return opened;
}

/* One connection that cannot be opened must not stand in the way of the others. */
function openOne(
  connection: Connection,
  credentials: Record<string, string> | null,
): OpenedConnection | null {
  const provider = findProvider(connection.provider);
  try {
    if (provider === undefined) throw new Error('unknown carrier');
    if (credentials === null) throw new Error('no credentials');
    const { id: connectionId, baseUrl } = connection;
    return {
      connection,
      ...provider.open({ connectionId, baseUrl, credentials, numbers: [], hooks: [] }),
    };
  } catch (error) {
    log('connection.not-opened', {
      connection: connection.id,
      reason: error instanceof Error ? error.message : 'unknown',
    });
    return null;
  }
}
