import { randomUUID } from 'node:crypto';

import type { Desk } from '#main/commands/desk.ts';
import { handlers } from '#main/commands/handlers.ts';
import { readCursor } from '#main/history/deliveries-seen.ts';
import { listLines } from '#main/history/lines.ts';
import { findMedia } from '#main/history/media.ts';
import { countViews } from '#main/history/thread-pages.ts';
import { acceptDelivery } from '#main/inbound/accept-delivery.ts';
import { log } from '#main/log/log.ts';
import { readStored } from '#main/media/store.ts';
import { followLog } from '#main/relay/follow-log.ts';
import type { Relay } from '#main/relay/start-relay.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { answerRenderer } from '#shared/contract/answer-renderer.ts';
import type { Health, Tell } from '#shared/contract/contract.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { answerStorageTrouble } from './answer-storage-trouble.ts';
import { ConnectionHealth, judgeConnection } from './connection-health.ts';
import type { Core } from './core.ts';
import type { HostServices } from './host-services.ts';
import type { OpenedConnection } from './open-connections.ts';
import { readHealth } from './read-health.ts';
import { type Roads, startRoads } from './start-roads.ts';
import { type Renderers, tellRenderers } from './tell-renderers.ts';

export type DeskParts = {
  readonly host: HostServices;
  readonly db: WritableDb;
  readonly opened: ReadonlyMap<string, OpenedConnection>;
  readonly relay: Relay;
  readonly mediaBase: string;
};

type RunningDesk = Pick<Core, 'attach' | 'readMedia' | 'stop'>;

/** Sets both roads going over an open history and a listening relay, and answers the screens. */
export function runDesk(parts: DeskParts): RunningDesk {
  const connections = new ConnectionHealth();
  const renderers = tellRenderers(parts.host.clock, (tell) => tellSummary(desk, tell));
  const desk: Desk & { dataFolder: string } = makeDesk(parts, {
    connections,
    renderers,
    roads: () => roads,
  });
  const roads = startRoads(desk);
  const following = follow(desk, parts.relay);
  const answer = answerStorageTrouble(handlers(desk));
  return {
    attach: (wire) => attach(wire, answer, renderers),
    readMedia(id) {
      const media = findMedia(parts.db, id);
      if (media?.state !== 'stored') return null;
      const path = readStored(parts.host.dataFolder, id);
      return path === null ? null : { path, type: media.type, size: media.size };
    },
    async stop() {
      renderers.close();
      await roads.stop();
      await following.stop();
    },
  };
}

type Lent = {
  readonly connections: ConnectionHealth;
  readonly renderers: Renderers;
  /** Known only after the desk is made; the roads need the desk. */
  readonly roads: () => Roads;
};

function makeDesk(
  parts: DeskParts,
  { connections, renderers, roads }: Lent,
): Desk & { dataFolder: string } {
  const { host, db, opened, mediaBase } = parts;
  const health = (): Health =>
    readHealth({
      db,
      connections,
      now: host.clock.now(),
      relay: { state: 'listening', sentence: 'Relay connected' },
    });
  return {
    db,
    clock: host.clock,
    tell: renderers.tell,
    bootId: randomUUID(),
    random: Math.random,
    dataFolder: host.dataFolder,
    mediaBase,
    adapterOf: (id) => opened.get(id)?.adapter,
    health,
    noteOutcome(id, outcome) {
      connections.note(id, judgeConnection(outcome));
      renderers.touch();
    },
    wakeOutbox: () => roads().wakeOutbox(),
    wakeReconcile: () => roads().wakeLater(),
    wakeInbound() {
      roads().wakeMedia();
      roads().wakeLater();
      renderers.touch();
    },
  };
}

/** The relay's log, followed from where the history stands. */
function follow(desk: Desk, { log: deliveries }: Relay): { stop(): Promise<void> } {
  return followLog({
    log: deliveries,
    clock: desk.clock,
    cursor: () => readCursor(desk.db, deliveries.id),
    accept: ({ seq, raw }) => acceptDelivery(desk, { log: deliveries.id, seq, raw }),
    onProblem: (problem) =>
      log(`deliveries.${problem.kind}`, 'seq' in problem ? { seq: problem.seq } : {}),
  });
}

function attach(wire: Wire, answer: ReturnType<typeof handlers>, renderers: Renderers): void {
  const answerer = answerRenderer(wire, answer, {
    onError: (about, error) =>
      log('command.failed', {
        about,
        reason: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
      }),
  });
  renderers.add(answerer);
  wire.onClose(() => renderers.remove(answerer));
}

function tellSummary(desk: Desk, tell: Tell): void {
  tell('counts.changed', { counts: countViews(desk.db) });
  tell('lines.changed', { lines: listLines(desk.db) });
  tell('health.changed', { health: desk.health() });
}
