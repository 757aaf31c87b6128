import { randomUUID } from 'node:crypto';

import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog } from '#main/relay/jetstream-log.ts';
import { deliveryOf, readAll } from '#test/fakes/deliveries.ts';
import { canSync, natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';

import { describeDeliveryLog } from './delivery-log-suite.ts';
import { engine } from './jetstream-engine.ts';

describe.skipIf(natsMissing())('over three NATS servers', () => {
  let servers: NatsServer[] = [];

  beforeAll(async () => {
    servers = await NatsServer.startCluster();
    process.env['TRUNKLINE_TEST_NATS'] = servers.map(({ url }) => url).join();
    process.env['TRUNKLINE_TEST_NATS_COPIES'] = '3';
  }, 60_000);
  afterAll(() => Promise.all(servers.map((server) => server.remove())));

  describeDeliveryLog({ ...engine, name: 'JetStream, three copies,' });

  const open = async (workspace: string): Promise<DeliveryLog> => {
    const log = await engine.open(workspace);
    onTestFinished(() => log.close());
    return log;
  };

  /** Has another server lead the stream of a log. */
  async function changeLeader(log: DeliveryLog): Promise<void> {
    const connection = await connect({ servers: servers.map(({ url }) => url) });
    onTestFinished(() => connection.close());
    const { streams } = await jetstreamManager(connection);
    const stream = log.id.split('@')[0] ?? '';
    const before = (await streams.info(stream)).cluster?.leader;
    await connection.request(`$JS.API.STREAM.LEADER.STEPDOWN.${stream}`, undefined, {
      timeout: 40_000,
    });
    const leader = async () =>
      streams.info(stream).then(
        ({ cluster }) => cluster?.leader ?? before,
        () => before,
      );
    await expect.poll(leader, { timeout: 40_000 }).not.toBe(before);
  }

  it('numbers without a gap though repeats are refused, under one leader and the next', async () => {
    const workspace = randomUUID();
    const logs = [await open(workspace), await open(workspace)];
    const texts = (from: number) => Array.from({ length: 200 }, (_, index) => `${from + index}`);
    const appendTwice = (some: readonly string[]) =>
      Promise.all(some.flatMap((text) => logs.map((log) => log.append(deliveryOf(text), text))));
    const first = await appendTwice(texts(0));
    await changeLeader(await open(workspace));
    const second = await appendTwice(texts(100));
    const fresh = [...first, ...second].filter(({ duplicate }) => !duplicate);
    expect(fresh).toHaveLength(300);
    for (const log of logs)
      expect((await readAll(log)).map(({ seq }) => seq)).toEqual(
        Array.from({ length: 300 }, (_, index) => index + 1),
      );
  });

  it.skipIf(!canSync())('wants to be shown that each of the three syncs', async () => {
    const monitors = servers.map(({ monitor }) => monitor);
    const options = {
      servers: [servers[0]?.url ?? ''],
      workspace: randomUUID(),
      replicas: 3,
      maxBytes: 1024 ** 2,
    } as const;
    await expect(openJetstreamLog({ ...options, monitors: monitors.slice(1) })).rejects.toThrow(
      /n1 holds the log, and none of the monitoring addresses/,
    );
    const log = await openJetstreamLog({ ...options, monitors });
    await log.close();
  });
});
