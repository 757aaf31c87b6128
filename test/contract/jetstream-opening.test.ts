import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { DeliveryLog } from '#main/relay/delivery-log.ts';
import { openJetstreamLog, type JetstreamOptions } from '#main/relay/jetstream-log.ts';
import { deliveryOf, readAll, textOf } from '#test/fakes/deliveries.ts';
import { canSync, natsMissing, NatsServer } from '#test/fakes/nats-servers.ts';

const mebibyte = 1024 ** 2;

describe.skipIf(natsMissing())('JetStream log: opening', () => {
  const options = { workspace: 'desk', replicas: 1, maxBytes: mebibyte } as const;

  async function startServer(more: Parameters<typeof NatsServer.start>[0]): Promise<NatsServer> {
    const server = await NatsServer.start(more);
    onTestFinished(() => server.remove());
    return server;
  }

  /** Opens a log and closes it again. */
  async function tryOpen(more: Partial<JetstreamOptions>): Promise<string> {
    const log = await openJetstreamLog({ servers: [], ...options, ...more });
    await log.close();
    return log.id;
  }

  /** Answers `/varz` as nats-server 2.15 does, as far as it is asked about. */
  async function serveVarz(server_name: string, sync_always: boolean): Promise<string> {
    const config = { max_storage: 1, sync_interval: 120_000_000_000, sync_always };
    const varz: Server = createServer((_, response) => {
      response.end(JSON.stringify({ server_name, version: '2.15.1', jetstream: { config } }));
    });
    await once(varz.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void varz.close());
    return `http://127.0.0.1:${(varz.address() as AddressInfo).port}`;
  }

  it('refuses a server that acknowledges before it syncs, and says what to set', async () => {
    const server = await startServer({ jetstream: '' });
    const servers = [server.url];
    await expect(tryOpen({ servers })).rejects.toThrow(/name the monitoring address/);
    await expect(tryOpen({ servers, monitors: [server.monitor] })).rejects.toThrow(
      /server alone \(\d+\.\d+\.\d+\) acknowledges before it writes.*sync_interval: always/,
    );
    expect(await tryOpen({ servers, allowUnsyncedServer: true })).toMatch(/^TRUNKLINE_desk_/);
  });

  it('takes the word of the server that holds the log alone', async () => {
    const server = await startServer({ jetstream: '' });
    const servers = [server.url];
    const [other, unsynced] = [await serveVarz('n9', true), await serveVarz('alone', false)];
    await expect(tryOpen({ servers, monitors: [other] })).rejects.toThrow(/none of the monitoring/);
    await expect(tryOpen({ servers, monitors: [other, unsynced] })).rejects.toThrow(
      /alone .2.15.1/,
    );
    await expect(tryOpen({ servers, monitors: ['http://127.0.0.1:1'] })).rejects.toThrow(
      /does not answer as a NATS server/,
    );
    expect(await tryOpen({ servers, monitors: [other, await serveVarz('alone', true)] })).toMatch(
      /@/,
    );
  });

  it.skipIf(!canSync())('takes a server that syncs before it acknowledges', async () => {
    const server = await startServer({ jetstream: 'sync_interval: always' });
    expect(await tryOpen({ servers: [server.url], monitors: [server.monitor] })).toMatch(/@/);
  });

  it('signs in with no more rights than it needs, and never repeats the password', async () => {
    const publish = '["trunkline.desk.>", "$JS.API.>"]';
    const subscribe = '["trunkline.desk.stored.*", "_INBOX.>"]';
    const permissions = `{ publish: ${publish}, subscribe: ${subscribe} }`;
    const server = await startServer({
      jetstream: '',
      more: `authorization { user: relay, password: "s3cret/4", permissions: ${permissions} }`,
    });
    const open = (password: string) =>
      openJetstreamLog({
        ...options,
        servers: [`nats://relay:${password}@127.0.0.1:${server.port}`],
        allowUnsyncedServer: true,
      });
    const [here, there] = [await open('s3cret%2F4'), await open('s3cret%2F4')];
    onTestFinished(() => Promise.all([here.close(), there.close()]).then(() => undefined));
    const heard = new Promise<number>((resolve) => there.onAppended(resolve));
    for (let repeat = 0; repeat < 2; repeat += 1) await here.append(deliveryOf('a'), 'a');
    expect(await heard).toBe(1);
    expect((await readAll(there)).map(textOf)).toEqual(['a']);
    expect(await here.trim({ receivedBefore: Infinity, upTo: 1, rememberSince: Infinity })).toBe(1);
    await expect(open('wr0ng')).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^NATS does not know this user or password(?!.*wr0ng)/),
      }),
    );
  });

  it('finds what another relay appends though the note of it is lost', async () => {
    const permissions = '{ publish: ">", subscribe: "_INBOX.>" }';
    const users = `{ user: deaf, password: d, permissions: ${permissions} }, { user: any, password: a }`;
    const server = await startServer({
      jetstream: '',
      more: `authorization { users: [${users}] }`,
    });
    const open = async (user: string): Promise<DeliveryLog> => {
      const servers = [`nats://${user}@127.0.0.1:${server.port}`];
      const log = await openJetstreamLog({ ...options, servers, allowUnsyncedServer: true });
      onTestFinished(() => log.close());
      return log;
    };
    const [deaf, any] = [await open('deaf:d'), await open('any:a')];
    const heard = new Promise<number>((resolve) => deaf.onAppended(resolve));
    await any.append(deliveryOf('a'), 'a');
    expect(await heard).toBe(1);
  });

  it.each(['tls', 'nats'])(
    'does not trust a certificate that nobody vouches for: %s',
    async (scheme) => {
      const pem = (name: string) => path.resolve(`test/fixtures/self-signed-${name}.pem`);
      const tls = `tls { cert_file: "${pem('certificate')}", key_file: "${pem('key')}" }`;
      const server = await startServer({ jetstream: '', more: tls });
      const servers = [`${scheme}://localhost:${server.port}`];
      await expect(tryOpen({ servers, allowUnsyncedServer: true })).rejects.toThrow(/self-signed/);
    },
  );

  it('says so where no server answers', async () => {
    await expect(tryOpen({ servers: ['nats://127.0.0.1:1'] })).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringMatching(/^NATS cannot be reached/),
    });
  });
});
