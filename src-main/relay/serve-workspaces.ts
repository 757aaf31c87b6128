import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Clock } from '#shared/contract/clock.ts';
import { streamPath } from '#shared/team/stream-frames.ts';

import type { Answer } from './answer.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { pathOf } from './hook-path.ts';
import { defaultLimits, type IntakeLimits } from './intake-limits.ts';
import { Intake, type FindConnection } from './intake.ts';
import { keepRetention } from './keep-retention.ts';
import { answerMedia, type MediaDoors } from './media-links/answer-media.ts';
import { LinkDoor } from './media-links/link-door.ts';
import { Refusal } from './refusal.ts';
import { describeListenError } from './relay-failure.ts';
import { RelayMetrics, type RelayStats } from './relay-metrics.ts';
import { makeRelayServer, type Certificate } from './relay-server.ts';
import { reportHealth, reportMetrics } from './report-health.ts';
import { routeConnections } from './route-connections.ts';
import { mostStreams, StreamServer } from './stream/stream-server.ts';
import type { WorkspaceParts } from './stream/workspace-stream.ts';

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000;
const graceMs = 2_000;

/** One workspace: its connections, its log, and where desktops follow it, those. */
export type ServedWorkspace = {
  readonly name: string;
  readonly log: DeliveryLog;
  readonly findConnection: FindConnection;
  /** Number of the last delivery its reader has taken for good: nothing after it is trimmed. */
  taken(): number;
  /** Null where no desktop follows it over the network. */
  readonly team: Omit<WorkspaceParts, 'name' | 'log'> | null;
};

export type ServingOptions = {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: Clock;
  /** At least one; no connection is in two of them. */
  readonly workspaces: readonly ServedWorkspace[];
  readonly limits?: Partial<IntakeLimits>;
  /** Where carriers reach this relay, without a path, for connections that say nothing else; by default its own address. */
  readonly publicUrl?: string;
  /** How long deliveries and the memory of their keys are kept, milliseconds; 30 days by default. */
  readonly retentionMs?: number;
  /** Files that carriers fetch here; none by default. Whoever opened the links closes them, after the relay has stopped. */
  readonly media?: MediaDoors;
  /** Without one, HTTP in the clear is spoken. */
  readonly certificate?: Certificate | null;
  /** A proxy that speaks TLS, and nobody else, reaches this relay, so that desktops may be given credentials. */
  readonly behindProxy?: boolean;
};

export type Serving = {
  /** `http://HOST:PORT` as bound, or `https://…` with a certificate. */
  readonly url: string;
  stats(): RelayStats;
  /** Says goodbye to desktops, takes no more requests, and lets what is under way be answered (at most 2 s). Closes no log. */
  stop(): Promise<void>;
};

/** Serves intake, stream and reports for all workspaces. Throws `RelayFailure`. */
export async function serveWorkspaces(options: ServingOptions): Promise<Serving> {
  const { clock, workspaces, publicUrl, certificate = null } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = new RelayMetrics();
  let url = '';
  let stopping = false;
  const intake = new Intake({
    clock,
    limits,
    metrics,
    findConnection: routeConnections(workspaces),
    ownUrl: () => publicUrl ?? url,
  });
  const stream = openStream(options);
  const rest = answersFor(options, { limits, metrics, stream });
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (stopping) throw new Refusal(503, 'stopping', { 'retry-after': '5' });
    return (await rest(request)) ?? intake.take(request);
  };
  const upgrade = stream && {
    path: streamPath,
    sockets: mostStreams,
    take: stream.upgrade.bind(stream),
  };
  const relay = makeRelayServer({ limits, metrics, answer, certificate, upgrade });
  try {
    url = await listen(relay.server, options);
  } catch (error) {
    await stream?.stop();
    throw error;
  }
  const stopTrimming = trimAll(options, stream);
  const stop = async (): Promise<void> => {
    stopping = true;
    stopTrimming();
    await stream?.stop();
    await relay.stop(graceMs);
  };
  return { url, stats: () => metrics.stats(), stop };
}

function openStream({
  workspaces,
  clock,
  behindProxy = false,
}: ServingOptions): StreamServer | null {
  const followed = workspaces.flatMap(({ name, log, team }) =>
    team === null ? [] : [{ name, log, ...team }],
  );
  return followed.length === 0
    ? null
    : new StreamServer({ clock, workspaces: followed, behindProxy });
}

type Told = {
  readonly limits: IntakeLimits;
  readonly metrics: RelayMetrics;
  readonly stream: StreamServer | null;
};

/** Answers everything but hooks; null for what may be one. */
function answersFor(
  { workspaces, clock, media = { links: () => [], takeFile: null } }: ServingOptions,
  { limits, metrics, stream }: Told,
): (request: IncomingMessage) => Promise<Answer> | null {
  const startedAt = performance.now();
  const door = new LinkDoor({ limits, clock, all: media.links });
  return (request) => {
    const uptimeSeconds = (performance.now() - startedAt) / 1_000;
    const path = pathOf(request.url ?? '');
    if (path === '/media' || path.startsWith('/media/')) return answerMedia(request, door, media);
    switch (path) {
      case '/healthz':
        return reportHealth(request, { workspaces, stream, uptimeSeconds });
      case '/metrics':
        return reportMetrics(request, metrics, { workspaces, stream, uptimeSeconds });
      case streamPath:
        if (stream === null) return null;
        throw new Refusal(426, 'not-upgraded', { upgrade: 'websocket' });
      default:
        return null;
    }
  };
}

/** What a desktop that is connected has not taken yet stays, however old it is: it is about to take it. */
function trimAll(
  { workspaces, clock, retentionMs = thirtyDaysMs }: ServingOptions,
  stream: StreamServer | null,
): () => void {
  const stops = workspaces.map(({ name, log, taken }) => {
    const followed = stream?.workspaces.find((each) => each.name === name);
    const all = (): number => Math.min(taken(), followed?.takenByConnected() ?? Infinity);
    return keepRetention({ log, clock, retentionMs, taken: all });
  });
  return () => stops.forEach((stop) => stop());
}

async function listen(
  server: Server,
  { host, port, certificate = null }: ServingOptions,
): Promise<string> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw describeListenError(error, host, port);
  }
  const bound = server.address() as AddressInfo;
  const scheme = certificate === null ? 'http' : 'https';
  return `${scheme}://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
