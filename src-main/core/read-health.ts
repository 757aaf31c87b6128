import { countAttention } from '#main/history/attention.ts';
import { listConnections } from '#main/history/connections.ts';
import { countOutbox } from '#main/history/outbox.ts';
import { lastInboundAt, segmentsOn } from '#main/history/usage.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { Health } from '#shared/contract/contract.ts';

import type { ConnectionHealth } from './connection-health.ts';

export type HealthSources = {
  readonly db: ReadableDb;
  readonly connections: ConnectionHealth;
  readonly now: number;
  readonly relay: Health['relay'];
};

/** What the status bar says, read afresh. */
export function readHealth({ db, connections, now, relay }: HealthSources): Health {
  const { waiting, undecided } = countOutbox(db);
  return {
    relay,
    lastInboundAt: lastInboundAt(db),
    queue: waiting,
    undecided,
    attention: countAttention(db),
    segmentsToday: segmentsOn(db, now),
    connections: connections.list(listConnections(db)),
  };
}
