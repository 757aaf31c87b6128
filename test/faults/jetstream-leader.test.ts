import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog } from '#main/relay/jetstream-log.ts';
import { readAll, textOf } from '#test/fakes/deliveries.ts';
import { natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';

import { Followed, Load, sound, tally } from './jetstream-load.ts';
import { chanceFrom } from './relay-process.ts';

const frozenMs = 8_000;
/**
 * The servers choose a leader within 4 to 9 seconds by their defaults, and once more where votes split; then the next try
 * comes. Milliseconds.
 */
const longestStallMs = 20_000;

describe.skipIf(natsMissing())('three NATS servers under load', () => {
  let servers: NatsServer[] = [];

  beforeAll(async () => {
    servers = await NatsServer.startCluster();
  }, 60_000);
  afterAll(() => Promise.all(servers.map((server) => server.remove())));

  async function openLog(workspace: string): Promise<DeliveryLog> {
    const log = await openJetstreamLog({
      servers: servers.map(({ url }) => url),
      workspace,
      replicas: 3,
      maxBytes: 100 * 1024 ** 2,
      allowUnsyncedServer: true,
    });
    onTestFinished(() => log.close());
    return log;
  }

  /** The server that leads the stream of a log. */
  async function findLeader(log: DeliveryLog): Promise<NatsServer> {
    const connection = await connect({ servers: servers.map(({ url }) => url) });
    const manager = await jetstreamManager(connection);
    try {
      for (;;) {
        const info = await manager.streams.info(log.id.split('@')[0] ?? '').catch(() => null);
        const leader = servers.find(({ name }) => name === info?.cluster?.leader);
        if (leader !== undefined) return leader;
        await pause(100);
      }
    } finally {
      await connection.close();
    }
  }

  async function runLoad(name: string, harm: (log: DeliveryLog, load: Load) => Promise<object>) {
    const workspace = randomUUID();
    const log = await openLog(workspace);
    const followed = new Followed(await openLog(workspace));
    const load = new Load(log, name);
    await load.untilAcknowledged(300);
    const seen = await harm(log, load);
    await load.untilAcknowledged(300);
    await load.stop();
    const again = await openLog(workspace);
    const found = await tally(again, load);
    await followed.untilTaken(found.stored);
    await followed.stop();
    const print = { ...seen, followed: followed.texts.length, ...found };
    process.stdout.write(`JetStream, leader ${name}: ${JSON.stringify(print)}\n`);
    expect(found).toMatchObject(sound);
    // What was refused may have been stored all the same, so its repeat is one; nothing else is.
    expect(found.calledRepeat).toBeLessThanOrEqual(found.refused);
    expect(found.longestStallMs).toBeLessThan(longestStallMs);
    expect(followed.texts).toEqual((await readAll(again)).map(textOf));
    expect(followed.problems.filter(({ kind }) => kind !== 'unreadable')).toEqual([]);
    expect(again.id).toBe(log.id);
  }

  it('loses and doubles nothing when the leader is killed, three times over', async () => {
    await runLoad('killed', async (log, load) => {
      const seed = Date.now() % 100_000;
      const chance = chanceFrom(seed);
      for (let kills = 0; kills < 3; kills += 1) {
        const leader = await findLeader(log);
        await pause(chance() * 50);
        await leader.kill();
        await load.untilAcknowledged(200);
        await leader.start();
        await load.untilAcknowledged(200);
      }
      return { seed, kills: 3 };
    });
  });

  it('loses and doubles nothing when the leader freezes and comes back believing that it leads', async () => {
    await runLoad('frozen', async (log, load) => {
      const leader = await findLeader(log);
      leader.freeze();
      const before = load.acknowledged.length;
      await pause(frozenMs);
      const meanwhile = load.acknowledged.length - before;
      leader.goOn();
      return { frozenMs, 'acknowledged meanwhile': meanwhile };
    });
  });
});
