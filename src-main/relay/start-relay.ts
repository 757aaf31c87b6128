import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Clock } from '#shared/contract/clock.ts';

import type { Answer } from './answer.ts';
import { LogFailure, type DeliveryLog, type LineOf } from './delivery-log.ts';
import { pathOf } from './hook-path.ts';
import { defaultLimits, type IntakeLimits } from './intake-limits.ts';
import { Intake, type FindConnection } from './intake.ts';
import { keepRetention } from './keep-retention.ts';
import { answerMedia, type MediaDoors } from './media-links/answer-media.ts';
import { LinkDoor } from './media-links/link-door.ts';
import { Refusal } from './refusal.ts';
import { describeListenError, RelayFailure } from './relay-failure.ts';
import { RelayMetrics, type RelayStats } from './relay-metrics.ts';
import { makeRelayServer } from './relay-server.ts';
import { reportHealth, reportMetrics } from './report-health.ts';
import { openSqliteLog } from './sqlite-log.ts';

const thirtyDaysMs = 30 * 24 * 60 * 60 * 1_000;
const graceMs = 2_000;

export type RelayOptions = {
  /** File of the log, made where it is missing. Not touched where `openLog` is given. */
  readonly dataFile: string;
  /** Opens a log of another engine. The relay closes it when it stops. */
  readonly openLog?: () => Promise<DeliveryLog>;
  /** Which of our numbers a delivery is counted for, where the log counts; by default none is. */
  readonly lineOf?: LineOf;
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly clock: Clock;
  readonly findConnection: FindConnection;
  readonly limits?: Partial<IntakeLimits>;
  /** Where carriers reach this relay, without a path, for connections that say nothing else; by default its own address. */
  readonly publicUrl?: string;
  /** How long deliveries and the memory of their keys are kept, milliseconds; 30 days by default. */
  readonly retentionMs?: number;
  /** Number of the last delivery its reader has taken for good: nothing after it is trimmed. By default nothing is held. */
  readonly taken?: () => number;
  /** Files that carriers fetch here; none by default. Whoever opened the links closes them, after the relay has stopped. */
  readonly media?: MediaDoors;
};

export type Relay = {
  /** `http://HOST:PORT` as bound. */
  readonly url: string;
  readonly log: DeliveryLog;
  stats(): RelayStats;
  /** Takes no more requests, lets what is under way be committed and answered (at most 2 s), closes the log. */
  stop(): Promise<void>;
};

/** Starts intake and log. Throws {@link RelayFailure}. */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const log = await openLog(options);
  try {
    return await serve(log, options);
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function openLog({ dataFile, openLog: open, lineOf }: RelayOptions): Promise<DeliveryLog> {
  try {
    return open === undefined ? openSqliteLog(dataFile, lineOf) : await open();
  } catch (error) {
    if (!(error instanceof LogFailure)) throw error;
    throw new RelayFailure(error.message, { cause: error });
  }
}

async function serve(log: DeliveryLog, options: RelayOptions): Promise<Relay> {
  const { clock, findConnection, retentionMs = thirtyDaysMs, taken = () => Infinity } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const metrics = new RelayMetrics();
  const startedAt = performance.now();
  let url = '';
  let stopping = false;
  const ownUrl = (): string => options.publicUrl ?? url;
  const intake = new Intake({ log, clock, limits, metrics, findConnection, ownUrl });
  const { media = { links: () => [], takeFile: null } } = options;
  const door = new LinkDoor({ limits, clock, all: media.links });
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (stopping) throw new Refusal(503, 'stopping', { 'retry-after': '5' });
    const uptimeSeconds = (performance.now() - startedAt) / 1_000;
    const path = pathOf(request.url ?? '');
    if (path === '/media' || path.startsWith('/media/')) return answerMedia(request, door, media);
    switch (path) {
      case '/healthz':
        return reportHealth(request, log, uptimeSeconds);
      case '/metrics':
        return reportMetrics(request, metrics, { log, uptimeSeconds });
      default:
        return intake.take(request);
    }
  };
  const relay = makeRelayServer({ limits, metrics, answer });
  url = await listen(relay.server, options);
  const stopTrimming = keepRetention({ log, clock, retentionMs, taken });
  const stop = async (): Promise<void> => {
    stopping = true;
    stopTrimming();
    await relay.stop(graceMs);
    await log.close();
  };
  return { url, log, stats: () => metrics.stats(), stop };
}

async function listen(server: Server, { host, port }: RelayOptions): Promise<string> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw describeListenError(error, host, port);
  }
  const bound = server.address() as AddressInfo;
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
