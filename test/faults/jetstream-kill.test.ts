import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog } from '#main/relay/jetstream-log.ts';
import { deliveryOf, readAll, textOf } from '#test/fakes/deliveries.ts';
import { natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';
import { StallingProxy } from '#test/fakes/stalling-proxy.ts';

import { ArrivalReader, Followed, Load, sound, tally } from './jetstream-load.ts';
import { chanceFrom } from './relay-process.ts';

async function startServer(): Promise<NatsServer> {
  const server = await NatsServer.start();
  onTestFinished(() => server.remove());
  return server;
}

async function openLog(
  server: { readonly url: string },
  workspace: string = randomUUID(),
): Promise<DeliveryLog> {
  const log = await openJetstreamLog({
    servers: [server.url],
    workspace,
    replicas: 1,
    maxBytes: 100 * 1024 ** 2,
    allowUnsyncedServer: true,
  });
  onTestFinished(() => log.close());
  return log;
}

/** Longer than an acknowledgement is waited for, shorter than a connection without a sign of life is kept. Milliseconds. */
const frozenMs = 2_600;

describe.skipIf(natsMissing())('one NATS server under load', () => {
  it('loses and doubles nothing when it is killed, and another relay sees it all in order', async () => {
    const seed = Date.now() % 100_000;
    const chance = chanceFrom(seed);
    const server = await startServer();
    const workspace = randomUUID();
    const log = await openLog(server, workspace);
    const followed = new Followed(await openLog(server, workspace));
    const load = new Load(log, 'kill');
    let slowestStart = 0;
    for (let kills = 0; kills < 5; kills += 1) {
      await load.untilAcknowledged(300 + Math.floor(chance() * 300));
      await pause(chance() * 20);
      await server.kill();
      const started = performance.now();
      await server.start();
      slowestStart = Math.max(slowestStart, performance.now() - started);
    }
    await load.untilAcknowledged(300);
    await load.stop();
    const again = await openLog(server, workspace);
    const found = await tally(again, load);
    await followed.untilTaken(found.stored);
    await followed.stop();
    const slowestStartMs = Math.round(slowestStart);
    const print = { seed, kills: 5, slowestStartMs, followed: followed.texts.length, ...found };
    process.stdout.write(`JetStream, one server killed: ${JSON.stringify(print)}\n`);
    expect(found).toMatchObject({ ...sound, calledRepeat: 0 });
    expect(found.acknowledged).toBeGreaterThan(300);
    expect(followed.texts).toEqual((await readAll(again)).map(textOf));
    expect(followed.problems.filter(({ kind }) => kind !== 'unreadable')).toEqual([]);
    expect(again.id).toBe(log.id);
  });

  it('stores each delivery once though it answers late, and calls none of them a repeat', async () => {
    const server = await startServer();
    const log = await openLog(server);
    const load = new Load(log, 'late');
    await load.untilAcknowledged(200);
    server.freeze();
    await pause(frozenMs);
    server.goOn();
    await load.untilAcknowledged(200);
    await load.stop();
    const found = await tally(log, load);
    process.stdout.write(`JetStream, one server frozen: ${JSON.stringify(found)}\n`);
    expect(found).toMatchObject({ ...sound, calledRepeat: 0 });
    expect(found.longestStallMs).toBeGreaterThan(2_000);
  });

  it('hands on what one relay stores late, which a cursor of arrival times would miss', async () => {
    const server = await startServer();
    const proxy = await StallingProxy.before(server.port);
    onTestFinished(() => proxy.close());
    const workspace = randomUUID();
    const [near, far] = [await openLog(server, workspace), await openLog(proxy, workspace)];
    const followed = new Followed(near);
    const arrivals = new ArrivalReader(near);
    const [byFar, byNear] = [new Load(far, 'far'), new Load(near, 'near', 2)];
    await byFar.untilAcknowledged(50);
    proxy.stall();
    const late = far.append(deliveryOf('late-1', { receivedAt: Date.now() }), 'late-1');
    await pause(frozenMs);
    await byNear.stop();
    await arrivals.untilSeen((await near.health()).lastSeq);
    proxy.flow();
    await byFar.untilAcknowledged(50);
    await Promise.all([byFar.stop(), late]);
    const found = { far: await tally(near, byFar), near: await tally(near, byNear) };
    await followed.untilTaken(found.near.stored);
    await Promise.all([followed.stop(), arrivals.stop()]);
    const missed = found.near.stored - arrivals.texts.size;
    const print = { ...found, followed: followed.texts.length, 'missed by arrival time': missed };
    process.stdout.write(`JetStream, one relay cut off: ${JSON.stringify(print)}\n`);
    expect(found).toMatchObject({ far: sound, near: sound });
    expect(followed.texts).toEqual((await readAll(near)).map(textOf));
    expect(missed).toBeGreaterThan(0);
  });

  it('would be caught doubling deliveries if they went without key and message id', async () => {
    const server = await startServer();
    const connection = await connect({ servers: server.url });
    onTestFinished(() => connection.close());
    const streams = (await jetstreamManager(connection)).streams;
    await streams.add({ name: 'PLAIN', subjects: ['plain.*'], storage: 'file' });
    const js = jetstream(connection);
    const publish = async (text: string): Promise<void> => {
      for (;;) {
        const sent = js.publish('plain.text', text, { timeout: 2_000 });
        if (await sent.then(Boolean, () => false)) return;
      }
    };
    const texts = Array.from({ length: 50 }, (_, index) => `text ${index}`);
    server.freeze();
    const publishing = Promise.all(texts.map(publish));
    await pause(frozenMs);
    server.goOn();
    await publishing;
    const { state } = await streams.info('PLAIN');
    const print = { texts: texts.length, stored: state.messages };
    process.stdout.write(`JetStream, deduplication off: ${JSON.stringify(print)}\n`);
    expect(state.messages).toBeGreaterThan(texts.length);
  });

  it('refuses appends within its bound while the server is away, and takes them when it is back', async () => {
    const server = await startServer();
    const log = await openLog(server);
    await log.append(deliveryOf('before'), 'before');
    await server.kill();
    const started = performance.now();
    await expect(log.append(deliveryOf('a'), 'a')).rejects.toMatchObject({ reason: 'unreachable' });
    expect(performance.now() - started).toBeLessThan(11_000);
    expect(await log.health()).toMatchObject({ ok: false, lastSeq: 1 });
    await server.start();
    expect(await log.append(deliveryOf('a'), 'a')).toMatchObject({ seq: 2 });
    expect(await log.health()).toMatchObject({ ok: true, problem: null, lastSeq: 2 });
  });

  it('says so when the servers have lost what they acknowledged, and readers begin anew', async () => {
    const server = await startServer();
    const workspace = randomUUID();
    const log = await openLog(server, workspace);
    await log.append(deliveryOf('kept'), 'kept');
    await server.kill();
    server.keepCopy();
    await server.start();
    for (const text of ['lost 1', 'lost 2']) await log.append(deliveryOf(text), text);
    await server.kill();
    server.putCopyBack();
    await server.start();
    const health = async () => (await log.health()).problem ?? '';
    await expect.poll(health, { timeout: 5_000 }).toMatch(/ends at 1, and went up to 3/);
    const again = await openLog(server, workspace);
    const followed = new Followed(again, 3);
    await followed.untilTaken(1);
    await followed.stop();
    expect(followed.texts).toEqual(['kept']);
    expect(followed.problems).toEqual([{ kind: 'ahead', cursor: 3, lastSeq: 1 }]);
  });

  it('closes within seconds though the server is away', async () => {
    const server = await startServer();
    const log = await openLog(server);
    await server.kill();
    const appending = log.append(deliveryOf('waits'), 'waits');
    const refused = expect(appending).rejects.toMatchObject({ reason: 'closed' });
    const started = performance.now();
    await log.close();
    await refused;
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
