import { cpSync } from 'node:fs';

import { describe, expect, it, onTestFinished } from 'vitest';

import { natsMissing, NatsServer } from '../fakes/nats-servers.ts';
import { connectAccount, relayEntry, RelayProgram } from '../fakes/relay-program.ts';
import { signAsSandbox, textEvent } from '../fakes/sandbox-hook.ts';
import { failToStart } from '../fakes/served-run.ts';
import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const webhookSecret = 'hook-that-is-secret';
const account = {
  provider: 'sandbox',
  baseUrl: 'http://127.0.0.1:9',
  credentials: { apiKey: 'key', webhookSecret },
};

async function startServer(): Promise<NatsServer> {
  const server = await NatsServer.start({ jetstream: '' });
  onTestFinished(() => server.remove());
  return server;
}

/** The flags of a relay on this server, for a trial. */
const flagsOf = ({ url }: NatsServer): readonly string[] =>
  `--nats ${url} --nats-room 1 --nats-unsynced`.split(' ');

describe.skipIf(natsMissing())('the relay as a program, on NATS', () => {
  it('hands what another relay took to a desktop of its own', { timeout: 60_000 }, async () => {
    const words = flagsOf(await startServer());
    const [data, copy] = [temporaryFolder(), temporaryFolder()];
    const connectionId = await connectAccount(data, account);
    cpSync(data, copy, { recursive: true });
    const [one, two] = [
      await RelayProgram.start(data, words),
      await RelayProgram.start(copy, words),
    ];
    const desktop = await StreamDesktop.join(two.url, await two.pair());
    const body = textEvent({ id: 'a', text: 'taken by one' });
    const headers = signAsSandbox(body, { secret: webhookSecret });
    const hook = `${one.url}/hooks/sandbox/${connectionId}`;
    expect((await fetch(hook, { method: 'POST', body, headers })).status).toBe(200);
    const [delivery] = await desktop.deliveries(1);
    expect(Buffer.from(delivery?.raw.body ?? '', 'base64').toString()).toContain('taken by one');
    expect(await (await fetch(`${two.url}/healthz`)).json()).toMatchObject({ ok: true });
    expect(await Promise.all([one.stop(), two.stop()])).toEqual([0, 0]);
  });

  it('does not start on a server that shows no syncing, and says what to set', async () => {
    const { url } = await startServer();
    const words = ['--data', temporaryFolder(), '--nats', url, '--nats-room', '1'];
    const left = await failToStart([relayEntry, ...words]);
    expect([left.code, left.stdout]).toEqual([1, '']);
    expect(left.stderr).toMatch(/\(--nats-monitor\).*sync_interval: always/);
  });

  it.each(['nats://relay:hunter2@127.0.0.1:1', 'http://relay:hunter2@127.0.0.1:1'])(
    'takes no password as part of an address, and does not repeat it: %s',
    async (address) => {
      const left = await failToStart([relayEntry, '--data', temporaryFolder(), '--nats', address]);
      expect(left.code).toBe(1);
      expect(left.stderr).toContain('TRUNKLINE_NATS_ACCESS');
      expect(left.stderr).not.toContain('hunter2');
    },
  );
});
