import type { IncomingMessage } from 'node:http';

import type { Answer } from './answer.ts';
import type { DeliveryLog, LogHealth } from './delivery-log.ts';
import { Refusal } from './refusal.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import { renderTeam } from './render-team.ts';
import type { StreamServer } from './stream/stream-server.ts';
import type { WorkspaceStats } from './stream/workspace-stream.ts';

/** What is reported on. */
export type Reported = {
  /** At least one. */
  readonly workspaces: readonly { readonly name: string; readonly log: DeliveryLog }[];
  readonly stream: StreamServer | null;
  readonly uptimeSeconds: number;
};

/** How a workspace stands; without `desktops` where none may follow it. */
export type WorkspaceReport = {
  readonly name: string;
  readonly health: LogHealth;
  readonly desktops: WorkspaceStats | null;
};

/** `GET /healthz`: 200 while all deliveries can be stored, else 503, with the health of the logs as JSON. */
export async function reportHealth(request: IncomingMessage, reported: Reported): Promise<Answer> {
  assertRead(request);
  const reports = await lookAtAll(reported);
  const { lastSeq, problem, trimmedThrough, bytes } = (reports[0] as WorkspaceReport).health;
  const ok = reports.every(({ health }) => health.ok);
  const log = { problem, trimmedThrough, bytes };
  const uptimeSeconds = Math.round(reported.uptimeSeconds);
  const body = { ok, lastSeq, log, uptimeSeconds, workspaces: reports.map(toLine) };
  return { status: ok ? 200 : 503, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

function toLine({ name, health, desktops }: WorkspaceReport): object {
  const { ok, lastSeq, problem } = health;
  const followed = desktops === null ? {} : { desktops };
  return { name, ok, lastSeq, problem, ...followed };
}

/** `GET /metrics` in the text format of Prometheus. */
export async function reportMetrics(
  request: IncomingMessage,
  metrics: RelayMetrics,
  reported: Reported,
): Promise<Answer> {
  assertRead(request);
  const reports = await lookAtAll(reported);
  const { uptimeSeconds, stream } = reported;
  const first = (reports[0] as WorkspaceReport).health;
  const body = metrics.render(first, uptimeSeconds) + renderTeam(reports, stream?.counts ?? null);
  return { status: 200, type: 'text/plain; version=0.0.4', body };
}

function lookAtAll({ workspaces, stream }: Reported): Promise<WorkspaceReport[]> {
  return Promise.all(
    workspaces.map(async ({ name, log }) => {
      const followed = stream?.workspaces.find((each) => each.name === name);
      return { name, health: await log.health(), desktops: (await followed?.stats()) ?? null };
    }),
  );
}

function assertRead(request: IncomingMessage): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, 'method', { allow: 'GET, HEAD' });
}
