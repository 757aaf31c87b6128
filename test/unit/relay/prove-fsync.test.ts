import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { proveFsync } from '#main/relay/jetstream/prove-fsync.ts';

/** Answers `/varz` as nats-server does, as far as it is asked about. */
async function serveVarz(server_name: string, version = '2.15.1', sync_always = true) {
  const varz = createServer((_, response) => {
    response.end(JSON.stringify({ server_name, version, jetstream: { config: { sync_always } } }));
  });
  await once(varz.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void varz.close());
  return `http://127.0.0.1:${(varz.address() as AddressInfo).port}`;
}

const away = 'http://127.0.0.1:1';
const holders = ['n1', 'n2', 'n3'].map((name) => ({ name, away: name === 'n3' }));

describe('what the servers of three copies must show', () => {
  it('is asked of each that is not away', async () => {
    const [one, two] = [await serveVarz('n1'), await serveVarz('n2')];
    await expect(proveFsync(holders, [one, two, away])).resolves.toBeUndefined();
    await expect(proveFsync(holders, [one, two])).resolves.toBeUndefined();
    await expect(proveFsync(holders, [one, away])).rejects.toThrow(
      /^--nats-monitor: 127\.0\.0\.1:1 does not answer/,
    );
    await expect(proveFsync(holders, [one])).rejects.toThrow(/server n2 holds the log, and none/);
  });

  it('is that each syncs, and keeps its copy like the others', async () => {
    const [one, two] = [await serveVarz('n1'), await serveVarz('n2')];
    const unsynced = await serveVarz('n3', '2.15.1', false);
    await expect(proveFsync(holders, [one, two, unsynced])).rejects.toThrow(
      /^The NATS server n3 \(2\.15\.1\) acknowledges before it writes to disk/,
    );
    const old = await serveVarz('n3', '2.10.4');
    await expect(proveFsync(holders, [one, two, old])).rejects.toThrow(
      /^The NATS server n3 \(2\.10\.4\) may let the three copies/,
    );
    const [alone] = [{ name: 'n3', away: false }];
    await expect(proveFsync([alone], [old])).resolves.toBeUndefined();
  });
});
