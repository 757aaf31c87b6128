import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { Smsc } from '../carriers/smsc.ts';
import { makeCertificate } from '../fakes/make-certificate.ts';
import { connectAccount, relayEntry, RelayProgram } from '../fakes/relay-program.ts';
import { runCli } from '../fakes/run-cli.ts';
import { signAsSandbox, textEvent } from '../fakes/sandbox-hook.ts';
import { failToStart } from '../fakes/served-run.ts';
import { StreamDesktop } from '../fakes/stream-desktop.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const apiKey = 'key-that-is-secret';
const webhookSecret = 'hook-that-is-secret';
const account = {
  provider: 'sandbox',
  baseUrl: 'http://127.0.0.1:9',
  credentials: { apiKey, webhookSecret },
};

async function callHook(url: string, id: string): Promise<number> {
  const body = textEvent({ id, text: `text ${id}` });
  const headers = signAsSandbox(body, { secret: webhookSecret });
  return (await fetch(url, { method: 'POST', body, headers })).status;
}

const bodyOf = (body: string): string => Buffer.from(body, 'base64').toString();

describe('the relay as a program', () => {
  it('takes a carrier’s call and hands it to a desktop that the command line paired', async () => {
    const data = temporaryFolder();
    const connectionId = await connectAccount(data, account);
    const relay = await RelayProgram.start(data, ['--public-url', 'https://hooks.example.com/']);
    expect(relay.run.stdout).toMatch(/^Relay is ready at http:\/\/127\.0\.0\.1:\d+\n$/);
    const identity = await relay.pair();
    const desktop = await StreamDesktop.join(relay.url, identity);
    const { log, workspace } = await desktop.next('welcome');
    expect(workspace).toBe('main');
    const { connections } = await desktop.next('connections');
    expect(connections).toMatchObject([
      {
        connectionId,
        provider: 'sandbox',
        label: 'Shop',
        publicUrl: 'https://hooks.example.com',
        credentials: { apiKey, webhookSecret },
        pathSecret: null,
        numbers: [{ number: '+15550100001' }],
      },
    ]);
    expect(await callHook(`${relay.url}/hooks/sandbox/${connectionId}`, 'a')).toBe(200);
    const [delivery] = await desktop.deliveries(1);
    expect(bodyOf(delivery?.raw.body ?? '')).toContain('text a');
    desktop.say({ type: 'ack', seq: 1 });
    const second = await failToStart([relayEntry, '--data', data, '--port', '0']);
    expect([second.code, second.stdout]).toEqual([1, '']);
    expect(second.stderr).toContain(`already running on ${data}`);
    expect(await relay.stop()).toBe(0);
    expect(await desktop.untilClosed()).toMatchObject({ code: 1001 });
    expect(relay.run.stdout.split('\n')).toHaveLength(2);
    for (const secret of [apiKey, webhookSecret]) expect(relay.run.stderr).not.toContain(secret);
    const again = await RelayProgram.start(data);
    const back = await StreamDesktop.join(again.url, identity, { log, after: 1 });
    expect(await back.next('welcome')).toMatchObject({ log, after: 1, lastSeq: 1, reset: null });
  });

  it('ends a desktop’s connection when the command line takes it off the list', async () => {
    const relay = await RelayProgram.start();
    const made = runCli(['pair', '--data', relay.data, '--json']);
    const { code, expiresAt } = JSON.parse(made.out) as { code: string; expiresAt: string };
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    const identity = await StreamDesktop.pair(relay.url, code, 'Lost laptop');
    expect(relay.run.stderr).not.toContain(code);
    const desktop = await StreamDesktop.join(relay.url, identity);
    await desktop.next('members');
    const listed = runCli(['desktops', '--data', relay.data, '--json']);
    expect(JSON.parse(listed.out)).toMatchObject([
      { id: identity.desktop, name: 'Lost laptop', revokedAt: null },
    ]);
    expect(runCli(['revoke', identity.desktop, '--data', relay.data]).status).toBe(0);
    expect(await desktop.untilClosed()).toMatchObject({ code: 4403 });
    const twice = runCli(['revoke', identity.desktop, '--data', relay.data]);
    expect([twice.status, twice.err]).toEqual([1, expect.stringContaining('off the list before')]);
    expect(runCli(['desktops', '--data', relay.data]).out).toMatch(/Lost laptop {2}revoked 20/);
  });

  it('speaks TLS with a certificate', async () => {
    const { cert, key } = makeCertificate('localhost');
    const files = temporaryFolder();
    const [certFile, keyFile] = [path.join(files, 'cert.pem'), path.join(files, 'key.pem')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    const words = ['--tls-cert', certFile, '--tls-key', keyFile];
    const relay = await RelayProgram.start(temporaryFolder(), words);
    expect(relay.run.stdout).toMatch(/^Relay is ready at https:\/\/127\.0\.0\.1:\d+\n$/);
    const desktop = await StreamDesktop.open(relay.url, { ca: cert, servername: 'localhost' });
    expect(await desktop.next('challenge')).toMatchObject({ version: 1 });
    await expect(fetch(relay.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
    expect(await relay.stop()).toBe(0);
    expect(await desktop.untilClosed()).toMatchObject({ code: 1001 });
  });

  it('keeps the standing session of an account and logs what comes over it', async () => {
    await using smsc = await Smsc.start();
    const data = temporaryFolder();
    const { credentials } = smsc;
    await connectAccount(data, { provider: 'smpp', credentials });
    const relay = await RelayProgram.start(data);
    await vi.waitFor(() => expect(smsc.receivers).toHaveLength(1), { timeout: 40_000 });
    const message = { from: '15125550100', to: '15550100001', text: 'over the session' };
    expect(await smsc.deliver(message)).toBe(0);
    const desktop = await StreamDesktop.join(relay.url, await relay.pair());
    const [delivery] = await desktop.deliveries(1);
    expect(delivery?.raw).toMatchObject({ provider: 'smpp', method: 'SESSION' });
    expect(await relay.stop()).toBe(0);
    expect(smsc.unbinds).toBe(1);
  });

  it('serves each folder in workspaces, apart', async () => {
    const data = temporaryFolder();
    const second = path.join(data, 'workspaces', 'second');
    const ids = [await connectAccount(data, account), await connectAccount(second, account)];
    const relay = await RelayProgram.start(data);
    const desktop = await StreamDesktop.join(relay.url, await relay.pair('Desk 2', second));
    expect(await desktop.next('welcome')).toMatchObject({ workspace: 'second' });
    const { connections } = await desktop.next('connections');
    expect(connections.map((each) => each.connectionId)).toEqual([ids[1]]);
    for (const id of ids) expect(await callHook(`${relay.url}/hooks/sandbox/${id}`, id)).toBe(200);
    const [delivery] = await desktop.deliveries(1);
    expect(delivery?.raw.connectionId).toBe(ids[1]);
    const health = (await (await fetch(`${relay.url}/healthz`)).json()) as { workspaces: object };
    expect(health.workspaces).toMatchObject([
      { name: 'main', lastSeq: 1, desktops: { paired: 0 } },
      { name: 'second', lastSeq: 1, desktops: { paired: 1, connected: 1 } },
    ]);
  });
});
