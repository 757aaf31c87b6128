import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog } from '#main/relay/jetstream-log.ts';
import { textOf } from '#test/fakes/deliveries.ts';
import { DeliveryTaker } from '#test/fakes/delivery-taker.ts';
import { natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

async function startServer(): Promise<NatsServer> {
  const server = await NatsServer.start();
  onTestFinished(() => server.remove());
  return server;
}

const openLogOn = (server: NatsServer) => (): Promise<DeliveryLog> =>
  openJetstreamLog({
    servers: [server.url],
    workspace: 'desk',
    replicas: 1,
    maxBytes: 10 * 1024 ** 2,
    allowUnsyncedServer: true,
  });

describe.skipIf(natsMissing())('the intake over JetStream', () => {
  it('stores before it answers, once, and hands on to who follows at another relay', async () => {
    const openLog = openLogOn(await startServer());
    const [one, two] = [await RelayDesk.start({ openLog }), await RelayDesk.start({ openLog })];
    const taker = new DeliveryTaker();
    taker.follow(two.relay.log);
    expect((await one.post({ body: 'to one', id: 'a' })).status).toBe(200);
    expect((await two.post({ body: 'to two', id: 'b' })).status).toBe(200);
    expect((await two.post({ body: 'to one', id: 'a' })).status).toBe(200);
    expect((await one.post({ body: 'forged', secret: 'wrong' })).status).toBe(403);
    await taker.untilTaken(2);
    expect(taker.texts).toEqual(['to one', 'to two']);
    expect((await one.stored()).map(textOf)).toEqual(['to one', 'to two']);
    expect(two.relay.stats()).toMatchObject({ received: 2, duplicates: 1, commitErrors: 0 });
  });

  it('answers when the server is back, and tells of its absence meanwhile', async () => {
    const server = await startServer();
    const desk = await RelayDesk.start({ openLog: openLogOn(server) });
    const health = () => fetch(`${desk.relay.url}/healthz`);
    expect((await desk.post({ body: 'before' })).status).toBe(200);
    await server.kill();
    const posting = desk.post({ body: 'meanwhile' });
    const away = await health();
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({
      ok: false,
      lastSeq: 1,
      log: { problem: expect.stringMatching(/NATS/) },
    });
    await pause(300);
    await server.start();
    expect((await posting).status).toBe(200);
    expect((await health()).status).toBe(200);
    expect((await desk.stored()).map(textOf)).toEqual(['before', 'meanwhile']);
  });
});

describe('a relay whose log cannot be opened', () => {
  it('does not start, and says why', async () => {
    const openLog = (): Promise<DeliveryLog> =>
      openJetstreamLog({ servers: ['nats://127.0.0.1:1'], workspace: 'desk', replicas: 1 });
    await expect(RelayDesk.start({ openLog })).rejects.toMatchObject({
      name: 'RelayFailure',
      message: expect.stringMatching(/^NATS cannot be reached/),
    });
  });
});
