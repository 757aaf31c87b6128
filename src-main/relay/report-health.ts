import type { IncomingMessage } from 'node:http';

import type { Answer } from './answer.ts';
import type { DeliveryLog } from './delivery-log.ts';
import { Refusal } from './refusal.ts';
import type { RelayMetrics } from './relay-metrics.ts';

/** `GET /healthz`: 200 while deliveries can be stored, else 503, with the log's health as JSON. */
export async function reportHealth(
  request: IncomingMessage,
  log: DeliveryLog,
  uptimeSeconds: number,
): Promise<Answer> {
  assertRead(request);
  const { ok, lastSeq, ...rest } = await log.health();
  const body = { ok, lastSeq, log: rest, uptimeSeconds: Math.round(uptimeSeconds) };
  return { status: ok ? 200 : 503, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}

/** `GET /metrics` in the text format of Prometheus. */
export async function reportMetrics(
  request: IncomingMessage,
  metrics: RelayMetrics,
  now: { readonly log: DeliveryLog; readonly uptimeSeconds: number },
): Promise<Answer> {
  assertRead(request);
  const body = metrics.render(await now.log.health(), now.uptimeSeconds);
  return { status: 200, type: 'text/plain; version=0.0.4', body };
}

function assertRead(request: IncomingMessage): void {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw new Refusal(405, 'method', { allow: 'GET, HEAD' });
}
