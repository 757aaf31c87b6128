import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog } from '#main/relay/jetstream-log.ts';
import { keepsCopiesAlike } from '#main/relay/jetstream/server-version.ts';
import { openNatsLog } from '#main/relay/open-nats-log.ts';
import { deliveryOf, readAll, textOf } from '#test/fakes/deliveries.ts';
import { natsMissing, NatsServer, natsVersion } from '#test/fakes/nats-servers.ts';

/** From when on copies that do not lead answer for a new stream. Milliseconds. */
const copiesAnswerAfterMs = 3_000;

describe.skipIf(natsMissing())('three copies', () => {
  let servers: NatsServer[] = [];
  let urls: readonly string[] = [];

  beforeAll(async () => {
    servers = await NatsServer.startCluster();
    urls = servers.map(({ url }) => url);
  }, 60_000);
  afterAll(() => Promise.all(servers.map((server) => server.remove())));

  async function manage(): Promise<JetStreamManager> {
    const connection = await connect({ servers: [...urls] });
    onTestFinished(() => connection.close());
    return jetstreamManager(connection);
  }

  /** A log that holds these texts and compares its copies all the time. */
  async function openLog(
    workspace: string,
    texts: readonly string[],
    at: readonly string[] = urls,
  ): Promise<DeliveryLog> {
    const log = await openJetstreamLog({
      servers: at,
      workspace,
      maxBytes: 10 * 1024 ** 2,
      allowUnsyncedServer: true,
      allowDivergingServer: true,
      compareCopiesEveryMs: 100,
    });
    onTestFinished(() => log.close());
    for (const text of texts) await log.append(deliveryOf(text), text);
    return log;
  }

  it.skipIf(keepsCopiesAlike(natsVersion()))(
    'are refused on servers that may let them come apart',
    async () => {
      const wishes = { urls, workspace: 'desk', allowUnsynced: true, maxBytes: 1024 ** 2 };
      await expect(openNatsLog(wishes)).rejects.toThrow(
        /^The NATS server n\d \([\d.]+\) may let the three copies .* NATS 2\.10\.27 or newer/,
      );
      const { streams } = await manage();
      await expect(streams.info('TRUNKLINE_desk_DELIVERIES')).rejects.toThrow(/not found/);
    },
  );

  it('are taken by themselves where the servers form a cluster', async () => {
    const log = await openLog(randomUUID(), ['a']);
    const { streams } = await manage();
    const { config } = await streams.info(log.id.split('@')[0] ?? '');
    expect(config.num_replicas).toBe(3);
  });

  it('are read though one hangs that does not lead', async () => {
    const workspace = randomUUID();
    const texts = Array.from({ length: 60 }, (_, index) => `text ${index}`);
    const stream = (await openLog(workspace, texts)).id.split('@')[0] ?? '';
    const { leader } = (await (await manage()).streams.info(stream)).cluster ?? {};
    const near = servers.find(({ name }) => name === leader);
    const log = await openLog(workspace, [], [near?.url ?? '']);
    // So that a reader that asked them would be caught; one that does not passes without, too.
    await pause(copiesAnswerAfterMs);
    for (const hung of servers.filter((server) => server !== near)) {
      hung.freeze();
      const read = await readAll(log).finally(() => hung.goOn());
      expect(read.map(textOf)).toEqual(texts);
    }
  });

  // Newer servers mend a copy whose files were exchanged.
  it.skipIf(keepsCopiesAlike(natsVersion()))(
    'are compared, and health tells where one holds other deliveries; readers go by the leader',
    async () => {
      const workspace = randomUUID();
      const stream = `TRUNKLINE_${workspace}_DELIVERIES`;
      const [last] = servers.slice(-1);
      if (last === undefined) throw new Error('no server');
      const textsOf = (name: string) =>
        Array.from({ length: 30 }, (_, index) => `${name} ${index}`);
      await (await openLog(workspace, textsOf('older'))).close();
      await last.kill();
      last.keepCopy(stream);
      await last.start();
      await (await manage()).streams.delete(stream);
      const log = await openLog(workspace, textsOf('newer'));
      await last.kill();
      await last.start();
      await expect.poll(() => log.health(), { timeout: 40_000 }).toMatchObject({ problem: null });
      await last.kill();
      last.putCopyBack(stream);
      await last.start();
      await expect
        .poll(() => log.health(), { timeout: 40_000 })
        .toMatchObject({
          ok: true,
          problem: expect.stringMatching(/^The copies of the log .* differ, at number \d+ for one/),
        });
      expect((await readAll(log)).map(textOf)).toEqual(textsOf('newer'));
    },
  );
});
