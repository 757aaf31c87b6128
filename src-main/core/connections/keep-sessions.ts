import { log } from '#main/log/log.ts';
import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import type { Clock } from '#shared/contract/clock.ts';
import type { KeptSession, SessionArrival } from '#shared/provider/provider.ts';

import type { ConnectionBook, OpenedConnection } from './connection-book.ts';
import type { ConnectionHealth } from './connection-health.ts';

export type SessionParts = {
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  readonly deliveries: DeliveryLog;
  readonly clock: Clock;
  /** Called when a session's state changed. */
  touch(): void;
};

/**
 * Keeps the standing sessions (SIP registrations, SMPP binds) of all open connections, where the relay lives: what comes in
 * is in the delivery log before it is answered.
 */
export function keepSessions(parts: SessionParts): { stop(): Promise<void> } {
  const { book } = parts;
  const sessions = new Map<string, KeptSession>();
  const stopOne = async (id: string): Promise<void> => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.stop();
  };
  const start = (opened: OpenedConnection): void => {
    const session = keepOne(parts, opened);
    if (session !== undefined) sessions.set(opened.connection.id, session);
  };
  for (const opened of book.all()) start(opened);
  book.onOpened = start;
  book.onClosed = (id) =>
    void stopOne(id).catch(() => log('session.stop-failed', { connection: id }));
  return { stop: async () => void (await Promise.all([...sessions.keys()].map(stopOne))) };
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
