import { randomUUID } from 'node:crypto';

import type { Desk } from '#main/commands/desk.ts';
import { handlers } from '#main/commands/handlers.ts';
import { listLines } from '#main/history/lines.ts';
import { findMedia } from '#main/history/media.ts';
import { listMeters } from '#main/history/meters.ts';
import { countViews } from '#main/history/thread-pages.ts';
import { log } from '#main/log/log.ts';
import { readStored } from '#main/media/store.ts';
import { Uploads } from '#main/media/uploads.ts';
import type { MediaLinks } from '#main/relay/media-links/media-links.ts';
import type { Relay } from '#main/relay/start-relay.ts';
import type { WritableDb } from '#main/sqlite/database.ts';
import { answerRenderer } from '#shared/contract/answer-renderer.ts';
import type { Health, Tell } from '#shared/contract/contract.ts';
import type { Wire } from '#shared/contract/wire.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';

import { answerStorageTrouble } from './answer-storage-trouble.ts';
import type { ConnectionBook } from './connections/connection-book.ts';
import { type ConnectionHealth, judgeConnection } from './connections/connection-health.ts';
import { connectionsDesk } from './connections/connections-desk.ts';
import { keepInStep } from './connections/keep-in-step.ts';
import { keepSessions } from './connections/keep-sessions.ts';
import type { Core } from './core.ts';
import type { HostServices } from './host-services.ts';
import { mediaRoad } from './media-road.ts';
import { readHealth } from './read-health.ts';
import { type Roads, startRoads } from './start-roads.ts';
import { takeDeliveries } from './take-deliveries.ts';
import { teamLinks } from './team/offer-picture.ts';
import { sessionRoad } from './team/session-road.ts';
import { TeamOfDesk } from './team/team-desk.ts';
import { wakeAfterDeeds } from './team/wake-after-deeds.ts';
import { tellCareOf } from './tell-care.ts';
import { type Renderers, tellRenderers } from './tell-renderers.ts';

export type DeskParts = {
  readonly host: HostServices;
  readonly db: WritableDb;
  readonly book: ConnectionBook;
  readonly health: ConnectionHealth;
  readonly relay: Relay;
  readonly links: MediaLinks;
  readonly mediaBase: string;
};

type RunningDesk = Pick<Core, 'attach' | 'readMedia' | 'stop'>;

/** Sets both roads going over an open history and a listening relay, and answers the screens. */
export function runDesk(parts: DeskParts): RunningDesk {
  const { book, health, host } = parts;
  const tellSoon = tellSummaryOf(() => desk);
  const renderers = tellRenderers(host.clock, tellSoon);
  const team: TeamOfDesk = new TeamOfDesk({
    ...parts,
    secrets: host.secrets,
    clock: host.clock,
    random: Math.random,
    tell: renderers.tell,
    take: (deliveries) => takeDeliveries(desk, deliveries, () => step.wake()),
    onGap: () => step.wake(),
    connectionsChanged: () => tellConnections(renderers, desk),
  });
  const lent = { renderers, team, roads: () => roads };
  const desk: Desk & { dataFolder: string } = makeDesk(parts, lent);
  const roads = startRoads(desk);
  const sessions = keepSessions({
    book,
    health,
    deliveries: sessionRoad({ book, team, own: parts.relay.log }),
    clock: host.clock,
    touch: renderers.touch,
  });
  const step = keepInStep({
    desk: { ...desk, now: () => host.clock.now() },
    clock: host.clock,
    book,
    health,
    touch: renderers.touch,
  });
  const following = takeDeliveries(desk, parts.relay.log, () => step.wake());
  const keepSession = book.onOpened;
  book.onOpened = (opened) => {
    keepSession(opened);
    step.wake();
  };
  step.wake();
  void team.start();
  const answer = wakeAfterDeeds(answerStorageTrouble(handlers(desk)), () => team.wake());
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
      await step.stop();
      // What is on its way out over a session needs it to the end.
      await roads.stop();
      await sessions.stop();
      await team.stop();
      await following.stop();
    },
  };
}

function tellConnections(renderers: Renderers, { connections }: Desk): void {
  renderers.tell('connections.changed', { connections: connections.list() });
  renderers.touch();
}

type Lent = {
  readonly renderers: Renderers;
  readonly team: TeamOfDesk;
  /** Known only after the desk is made; the roads need the desk. */
  readonly roads: () => Roads;
};

function makeDesk(
  parts: DeskParts,
  { renderers, team, roads }: Lent,
): Desk & { dataFolder: string } {
  const { host, db, book, mediaBase, relay } = parts;
  const wakeInbound = (): void => {
    roads().wakeMedia();
    roads().wakeLater();
    roads().wakeOutbox();
    renderers.touch();
  };
  const connections = connectionsDesk({
    ...parts,
    secrets: host.secrets,
    clock: host.clock,
    relayUrl: relay.url,
    tell: renderers.tell,
    wakeInbound,
  });
  const health = (): Health =>
    readHealth({
      db,
      connections: connections.list(),
      now: host.clock.now(),
      relay: { state: 'listening', sentence: 'Relay connected' },
      team: team.health(),
    });
  const adapterOf = (id: string) => book.get(id)?.adapter;
  const common = {
    db,
    clock: host.clock,
    tell: team.wakeAfter(renderers.tell),
    bootId: randomUUID(),
    random: Math.random,
    adapterOf,
    mediaRoad: mediaRoad({
      ...parts,
      dataFolder: host.dataFolder,
      relayUrl: relay.url,
      teamLinkFor: teamLinks({ db, book, secrets: host.secrets, clock: host.clock }),
    }),
    noteOutcome(id: string, outcome: SendOutcome) {
      parts.health.note(id, judgeConnection(outcome));
      renderers.touch();
    },
    wakeReconcile: () => roads().wakeLater(),
  };
  return {
    ...common,
    sending: { ...common, adapterOf: (id) => (isOff(book, id) ? undefined : adapterOf(id)) },
    dataFolder: host.dataFolder,
    mediaBase,
    uploads: new Uploads(host.clock),
    connections,
    team,
    health,
    ...wakesOf(roads),
    wakeInbound,
  };
}

const wakesOf = (
  roads: () => Roads,
): Pick<Desk, 'wakeOutbox' | 'wakeChecks' | 'wakeBroadcasts'> => ({
  wakeOutbox: () => roads().wakeOutbox(),
  wakeChecks: () => roads().wakeChecks(),
  wakeBroadcasts: () => roads().wakeBroadcasts(),
});

const isOff = (book: ConnectionBook, id: string): boolean =>
  book.get(id)?.connection.disabled === true;

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

function tellSummaryOf(desk: () => Desk): (tell: Tell) => void {
  const tellCare = tellCareOf(desk);
  return (tell) => {
    tellSummary(desk(), tell);
    tellCare(tell);
  };
}

function tellSummary(desk: Desk, tell: Tell): void {
  tell('counts.changed', { counts: countViews(desk.db) });
  tell('lines.changed', { lines: listLines(desk.db) });
  tell('health.changed', { health: desk.health() });
  tell('throughput.changed', { meters: listMeters(desk.db, desk.clock.now()) });
}
