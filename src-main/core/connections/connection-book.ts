import { type Connection, findConnection, listConnections } from '#main/history/connections.ts';
import { listLines } from '#main/history/lines.ts';
import { log } from '#main/log/log.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import type { HookAddress } from '#shared/provider/carrier-lists.ts';
import type {
  ProviderAdapter,
  ProviderDefinition,
  WebhookGuard,
} from '#shared/provider/provider.ts';

import type { SecretStore } from '../host-services.ts';
import { pathSecretOf, readCredentials } from './credentials.ts';
import { hookAddresses, isOnThisMachine } from './hook-addresses.ts';

/** A connection that is in use. */
export type OpenedConnection = {
  readonly connection: Connection;
  /** Where its carrier's API really is; null for the carrier's own address. */
  readonly baseUrl: string | null;
  readonly pathSecret: string | null;
  readonly adapter: ProviderAdapter;
  readonly guard: WebhookGuard;
};

export type BookParts = {
  readonly db: WritableDb;
  readonly secrets: SecretStore;
  /** Where the API of a connection is, where that is known only at run time; null for the one written down. */
  whereIs(connectionId: string): string | null;
};

/** Every connection that is in use, by id. Hears of openings and closings through its listener. */
export class ConnectionBook {
  readonly #parts: BookParts;
  readonly #opened = new Map<string, OpenedConnection>();
  readonly #problems = new Map<string, string>();
  /** Where the relay is reached on this machine; known once it listens. */
  #relayUrl: string | null = null;
  onOpened: (opened: OpenedConnection) => void = () => undefined;
  onClosed: (connectionId: string) => void = () => undefined;

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  get(connectionId: string): OpenedConnection | undefined {
    return this.#opened.get(connectionId);
  }

  all(): OpenedConnection[] {
    return [...this.#opened.values()];
  }

  /** Why a connection that is kept is not in use, as a sentence; null where it is. */
  problemOf(connectionId: string): string | null {
    return this.#problems.get(connectionId) ?? null;
  }

  /** Opens every connection that can be opened; one that cannot does not stand in the way of the others. */
  async openAll(): Promise<void> {
    for (const { id } of listConnections(this.#parts.db)) await this.open(id);
  }

  /** Tells where the relay listens; carriers on this machine are told anew where to call. */
  async relayListensOn(url: string): Promise<void> {
    this.#relayUrl = url;
    for (const { connection, baseUrl } of this.all()) {
      if (connection.publicUrl === null && isOnThisMachine(baseUrl)) await this.open(connection.id);
    }
  }

  /** Opens a connection, or opens it again as it now is. */
  async open(connectionId: string): Promise<void> {
    const connection = findConnection(this.#parts.db, connectionId);
    if (connection === undefined) throw new Error('no such connection');
    this.close(connectionId);
    try {
      const opened = await this.#openOne(connection);
      this.#opened.set(connectionId, opened);
      this.#problems.delete(connectionId);
      this.onOpened(opened);
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'unknown';
      this.#problems.set(connectionId, problem);
      log('connection.not-opened', { connection: connectionId, reason: problem });
    }
  }

  close(connectionId: string): void {
    if (this.#opened.delete(connectionId)) this.onClosed(connectionId);
  }

  async #openOne(connection: Connection): Promise<OpenedConnection> {
    const { db, secrets } = this.#parts;
    const provider = findProvider(connection.provider);
    if (provider === undefined)
      throw new Error(`The carrier ${connection.provider} is not known to this version.`);
    const credentials = await readCredentials(secrets, connection.id);
    if (credentials === null)
      throw new Error('Its credentials are not in the secret store: enter them again.');
    const baseUrl = this.#parts.whereIs(connection.id) ?? connection.baseUrl;
    const pathSecret = needsPathSecret(provider)
      ? await pathSecretOf(secrets, connection.id)
      : null;
    const numbers = listLines(db)
      .filter((line) => line.connectionId === connection.id)
      .map((line) => line.number);
    const hooks = this.#hooksFor({ connection, provider, pathSecret, baseUrl });
    const opened = provider.open({
      connectionId: connection.id,
      baseUrl,
      credentials,
      numbers,
      hooks,
    });
    return { connection, baseUrl, pathSecret, ...opened };
  }

  /** Addresses at which the carrier can truly reach us; none where it cannot. */
  #hooksFor(of: {
    connection: Connection;
    provider: ProviderDefinition;
    pathSecret: string | null;
    baseUrl: string | null;
  }): HookAddress[] {
    const { connection, provider, pathSecret, baseUrl } = of;
    const base = connection.publicUrl ?? (isOnThisMachine(baseUrl) ? this.#relayUrl : null);
    if (base === null) return [];
    return hookAddresses({ connection, capabilities: provider.capabilities, pathSecret }, base);
  }
}

/** Carriers that sign nothing are known by a secret in the address they call. */
export function needsPathSecret({ capabilities }: ProviderDefinition): boolean {
  return !capabilities.signedWebhooks && capabilities.hooks.length > 0;
}
