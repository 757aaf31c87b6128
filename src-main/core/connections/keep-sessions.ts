import { log } from '#main/log/log.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { KeptSession, SessionArrival } from '#shared/provider/provider.ts';

import type { ConnectionBook, OpenedConnection } from './connection-book.ts';
import type { ConnectionHealth } from './connection-health.ts';

export type SessionParts = {
  readonly book: Pick<ConnectionBook, 'all' | 'get' | 'onOpened' | 'onClosed'>;
  readonly health: ConnectionHealth;
  readonly deliveries: Pick<DeliveryLog, 'append'>;
  readonly clock: Clock;
  /** Called when a session's state changed. */
  touch(): void;
};

/**
 * Keeps the standing sessions (SIP registrations, SMPP binds) of all open connections, where the relay lives: what comes in
 * is in the delivery log before it is answered. A connection that is opened again begins its new session when the old one is
 * over, so that the goodbye of the one does not end the other.
 */
export function keepSessions(parts: SessionParts): { stop(): Promise<void> } {
  const { book } = parts;
  const sessions = new Map<string, KeptSession>();
  const ending = new Map<string, Promise<void>>();
  let isStopped = false;
  const begin = (opened: OpenedConnection): void => {
    const { id } = opened.connection;
    if (isStopped || book.get(id) !== opened) return;
    const session = keepOne(parts, opened);
    if (session !== undefined) sessions.set(id, session);
  };
  const end = (id: string): void => {
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.delete(id);
    const ended = session
      .stop()
      .catch(() => log('session.stop-failed', { connection: id }))
      .finally(() => ending.delete(id));
    ending.set(id, ended);
  };
  book.onOpened = (opened) => {
    const before = ending.get(opened.connection.id);
    if (before === undefined) begin(opened);
    else void before.then(() => begin(opened));
  };
  book.onClosed = end;
  for (const opened of book.all()) begin(opened);
  return {
    async stop() {
      isStopped = true;
      for (const id of sessions.keys()) end(id);
      await Promise.all(ending.values());
    },
  };
}

function keepOne(
  parts: SessionParts,
  { adapter, connection }: OpenedConnection,
): KeptSession | undefined {
  const { id, provider } = connection;
  return adapter.keepSession?.({
    append: async ({ body, headers, key }: SessionArrival) => {
      const receivedAt = parts.clock.now();
      const raw = {
        provider,
        connectionId: id,
        method: 'SESSION',
        url: '',
        headers,
        body,
        receivedAt,
      };
      await parts.deliveries.append(raw, `${provider}/${id}/${key}`);
    },
    onState: (state) => {
      parts.health.note(id, state);
      parts.touch();
    },
  });
}
