/**
 * A program that runs the relay for a test that kills it or fails its disk. Arguments: file of the log, and `honest` or
 * `hasty`; a hasty one answers first and commits a moment later. Every call is authentic, and its body is its key. Prints
 * its URL when it is ready.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { systemClock } from '#main/log/system-clock.ts';
import type { Appended, DeliveryLog } from '#main/relay/delivery-log.ts';
import { defaultLimits } from '#main/relay/intake-limits.ts';
import { Intake, type FindConnection } from '#main/relay/intake.ts';
import { RelayMetrics } from '#main/relay/relay-metrics.ts';
import { makeRelayServer } from '#main/relay/relay-server.ts';
import { routeConnections } from '#main/relay/route-connections.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { startRelay } from '#main/relay/start-relay.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';

const [dataFile = '', manner = 'honest'] = process.argv.slice(2);
const hastyPauseMs = 20;

const guard: WebhookGuard = {
  authenticate: () => 'authentic',
  dedupeKey: (raw) => Buffer.from(raw.body).toString(),
  reply: () => ({ status: 204, type: 'text/plain', body: '' }),
};
const findConnection: FindConnection = () => ({ guard, pathSecret: null, publicUrl: null });
const limits = { ...defaultLimits, authenticPerConnection: { perSecond: 1e6, burst: 1e6 } };

function hasty(log: DeliveryLog): DeliveryLog {
  const append = async (raw: RawDelivery, key: string): Promise<Appended> => {
    setTimeout(() => void log.append(raw, key), hastyPauseMs);
    return { seq: 0, duplicate: false };
  };
  return Object.assign(Object.create(log) as DeliveryLog, { append });
}

async function startHasty(): Promise<string> {
  const log = hasty(openSqliteLog(dataFile));
  const metrics = new RelayMetrics();
  const parts = { clock: systemClock, limits, metrics, ownUrl: () => '' };
  const routed = routeConnections([{ findConnection, log }]);
  const intake = new Intake({ ...parts, findConnection: routed });
  const { server } = makeRelayServer({ limits, metrics, answer: (call) => intake.take(call) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function startHonest(): Promise<string> {
  const options = {
    dataFile,
    host: '127.0.0.1',
    port: 0,
    clock: systemClock,
    findConnection,
    limits,
  };
  return (await startRelay(options)).url;
}

process.stdout.write(`${await (manner === 'hasty' ? startHasty() : startHonest())}\n`);
