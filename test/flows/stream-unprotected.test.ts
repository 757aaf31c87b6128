import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { systemClock } from '#main/log/system-clock.ts';
import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { DesktopBook } from '#main/relay/stream/desktop-book.ts';
import { StreamServer } from '#main/relay/stream/stream-server.ts';
import { streamVersion } from '#shared/team/stream-frames.ts';

import { makeKeys, StreamDesktop } from '../fakes/stream-desktop.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

type Road = {
  /** Where the desktop seems to be, and where it seems to have come in. */
  readonly remote: string;
  readonly local: string;
  readonly behindProxy?: boolean;
};

/** A stream in the clear on loopback, to which every desktop seems to come by this road. */
async function serveOn({ remote, local, behindProxy = false }: Road): Promise<string> {
  const folder = temporaryFolder();
  const log = openSqliteLog(path.join(folder, 'relay.db'));
  const desktops = new DesktopBook(path.join(folder, 'desktops.db'));
  const workspaces = [
    { name: 'main', log, desktops, connections: () => [], hasOrHad: () => false },
  ];
  const stream = new StreamServer({ clock: systemClock, workspaces, behindProxy });
  const server = createServer();
  server.on('connection', (socket: Socket) => {
    Object.defineProperty(socket, 'remoteAddress', { value: remote });
    Object.defineProperty(socket, 'localAddress', { value: local });
  });
  server.on('upgrade', (request, socket, head) =>
    stream.upgrade({ request, socket, head, trust: () => undefined }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    await stream.stop();
    server.close();
    await log.close();
    desktops.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a way to the relay in the clear', () => {
  it.each<Road>([
    { remote: '127.0.0.1', local: '127.0.0.1' },
    { remote: '::ffff:127.0.0.1', local: '::ffff:127.0.0.1' },
    { remote: '::1', local: '::1' },
    { remote: '198.51.100.7', local: '192.0.2.1', behindProxy: true },
  ])('is taken from $remote to $local (behind a proxy: $behindProxy)', async (road) => {
    const desktop = await StreamDesktop.open(await serveOn(road));
    expect(await desktop.next('challenge')).toMatchObject({ version: streamVersion });
  });

  it.each<Road>([
    { remote: '198.51.100.7', local: '192.0.2.1' },
    { remote: '127.0.0.1', local: '192.0.2.1' },
    { remote: '10.0.0.2', local: '127.0.0.1' },
    { remote: 'fe80::1', local: '::1' },
  ])('is refused from $remote to $local before anything is said', async (road) => {
    const desktop = await StreamDesktop.open(await serveOn(road));
    expect(await desktop.untilClosed()).toEqual({
      code: 4421,
      reason:
        'Start the relay with --tls-cert and --tls-key, or --behind-proxy behind a TLS proxy.',
    });
    expect(desktop.frames).toEqual([]);
  });

  it('counts wrong codes behind a proxy by the address that the proxy names last', async () => {
    const url = await serveOn({ remote: '10.0.0.2', local: '10.0.0.1', behindProxy: true });
    const tries = async (forwarded: string): Promise<number> => {
      const desktop = await StreamDesktop.open(url, { headers: { 'x-forwarded-for': forwarded } });
      const { publicKey } = makeKeys();
      let count = 0;
      for (; desktop.closed === null && count < 10; count += 1) {
        desktop.say({ type: 'pair', version: 1, code: 'AAAA', name: 'Any', publicKey });
        const { sentence } = await desktop.next('pair-refused');
        if (sentence.startsWith('Too many')) break;
      }
      return count;
    };
    expect(await tries('203.0.113.1')).toBe(5);
    expect(await tries('198.51.100.9, 203.0.113.1')).toBe(0);
    expect(await tries('203.0.113.1, 203.0.113.2')).toBe(5);
  });
});
