import { countAttention } from '#main/history/attention.ts';
import { countOutbox } from '#main/history/outbox.ts';
import { lastInboundAt, segmentsOn } from '#main/history/usage.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { ConnectionView } from '#shared/contract/connection-shapes.ts';
import type { Health } from '#shared/contract/contract.ts';

export type HealthSources = {
  readonly db: ReadableDb;
  readonly connections: readonly ConnectionView[];
  readonly now: number;
  readonly relay: Health['relay'];
  readonly team: Health['team'];
};

/** What the status bar says, read afresh. */
export function readHealth({ db, connections, now, relay, team }: HealthSources): Health {
  const { waiting, undecided } = countOutbox(db);
  return {
    relay,
    lastInboundAt: lastInboundAt(db),
    queue: waiting,
    undecided,
    attention: countAttention(db),
    segmentsToday: segmentsOn(db, now),
    team,
    connections: connections.map(({ id, label, state, sentence }) => ({
      connectionId: id,
      label,
      state,
      sentence,
    })),
  };
}
