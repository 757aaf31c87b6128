import { checksSay } from '#main/commands/checks.ts';
import { gapsSay } from '#main/commands/gaps.ts';
import { type Connection, listConnections, listLinesHeard } from '#main/history/connections.ts';
import { findProvider } from '#main/providers/registry.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ConnectionView } from '#shared/contract/connection-shapes.ts';

import type { ConnectionBook } from './connection-book.ts';
import type { ConnectionHealth } from './connection-health.ts';
import { hookAddresses, inboundRoadOf } from './hook-addresses.ts';

export type ViewParts = {
  readonly db: ReadableDb;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  /** Where the relay is reached on this machine; null while it does not listen, as under the command line. */
  readonly relayUrl: string | null;
};

/** Every connection as its page shows it, oldest first. */
export function viewConnections(parts: ViewParts): ConnectionView[] {
  return listConnections(parts.db).map((connection) => viewConnection(parts, connection));
}

export function viewConnection(parts: ViewParts, connection: Connection): ConnectionView {
  const { id, provider, label, publicUrl, disabled, origin } = connection;
  const { lastInboundAt, lastReceiptAt } = connection;
  const opened = parts.book.get(id);
  const baseUrl = opened?.baseUrl ?? connection.baseUrl;
  const capabilities = opened?.adapter.capabilities ?? findProvider(provider)?.capabilities;
  const pathSecret = opened?.pathSecret ?? null;
  return {
    id,
    provider,
    label,
    baseUrl: connection.baseUrl,
    publicUrl,
    disabled,
    origin,
    lastInboundAt,
    lastReceiptAt,
    inboundRoad: capabilities ? inboundRoadOf({ connection, capabilities }, baseUrl) : 'none',
    hooks: capabilities
      ? hookAddresses({ connection, capabilities, pathSecret }, publicUrl ?? parts.relayUrl ?? '')
      : [],
    lines: listLinesHeard(parts.db, id),
    signatureFailures: parts.health.signatureFailuresOf(id),
    ...stateOf(parts, connection),
  };
}

function stateOf(
  { db, book, health }: ViewParts,
  { id, disabled, origin }: Connection,
): Pick<ConnectionView, 'state' | 'sentence'> {
  const problem = book.problemOf(id);
  if (problem !== null) return { state: 'trouble', sentence: problem };
  if (disabled)
    return { state: 'off', sentence: 'Off: nothing goes out; what comes in is still kept.' };
  if (origin === 'team' && health.teamAway !== null)
    return { state: 'trouble', sentence: `Nothing comes in: ${health.teamAway}` };
  const fares = health.stateOf(id);
  if (fares.state !== 'ok') return fares;
  const gaps = gapsSay({ db, adapterOf: (of) => book.get(of)?.adapter }, id);
  return gaps?.state === 'trouble' ? gaps : (checksSay({ db }, id) ?? gaps ?? fares);
}
