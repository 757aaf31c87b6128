import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { StartFailure } from '#main/core/core.ts';
import { openWorkspace } from '#main/core/open-workspace.ts';
import { startTeamRelay } from '#main/core/relay/start-team-relay.ts';
import { systemClock } from '#main/log/system-clock.ts';

import { connectAccount, relayEntry } from '../fakes/relay-program.ts';
import { runCli } from '../fakes/run-cli.ts';
import { failToStart } from '../fakes/served-run.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const shop = {
  provider: 'sandbox',
  baseUrl: 'http://127.0.0.1:9',
  credentials: { apiKey: 'key', webhookSecret: 'secret' },
};

/** Starts a relay that must not start, and resolves with the sentence that says why. */
async function sentenceOf(dataFolder: string): Promise<string> {
  const started = startTeamRelay({
    dataFolder,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    certificate: null,
    behindProxy: false,
    nats: null,
    clock: systemClock,
  });
  const error = await started.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartFailure);
  return (error as StartFailure).message;
}

describe('the relay does not start', () => {
  it('with a connection that is in two workspaces, and leaves both folders free', async () => {
    const data = temporaryFolder();
    const id = await connectAccount(data, shop);
    const copy = temporaryFolder();
    cpSync(data, copy, { recursive: true });
    const second = path.join(data, 'workspaces', 'copy');
    cpSync(copy, second, { recursive: true });
    const sentence = `The connection ${id} is in the workspaces main and copy`;
    expect(await sentenceOf(data)).toContain(sentence);
    for (const folder of [data, second]) openWorkspace(folder).close();
  });

  it.each(['Second Desk', 'main', '-dash', 'a'.repeat(41)])(
    'with a workspace "%s"',
    async (name) => {
      const data = temporaryFolder();
      mkdirSync(path.join(data, 'workspaces', name), { recursive: true });
      expect(await sentenceOf(data)).toContain('small letters, digits and dashes');
    },
  );

  it('with a list of desktops that is none', async () => {
    const data = temporaryFolder();
    writeFileSync(path.join(data, 'desktops.db'), 'no database, but long enough'.repeat(100));
    expect(await sentenceOf(data)).toContain('The list of desktops in');
  });

  it('with a certificate that is none', async () => {
    const file = path.join(temporaryFolder(), 'any.pem');
    writeFileSync(file, 'nothing');
    const words = ['--data', temporaryFolder(), '--tls-cert', file, '--tls-key', file];
    const left = await failToStart([relayEntry, ...words]);
    expect([left.code, left.stdout]).toEqual([1, '']);
    expect(left.stderr).toContain('are not a certificate and its key');
  });

  it('under a Node that is too old, before the database is loaded', async () => {
    const older = `Object.defineProperty(process.versions,'node',{value:'20.20.2'})`;
    const words = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, relayEntry];
    const left = await failToStart(words);
    expect([left.code, left.stdout]).toEqual([1, '']);
    expect(left.stderr).toBe(
      'Trunkline needs Node 22 or newer, and this is 20.20.2: install a newer one from https://nodejs.org.\n',
    );
  });
});

describe('the commands about desktops', () => {
  it.each([
    ['revoke without a desktop', ['revoke'], 2],
    ['a folder that is no workspace', ['pair'], 1],
  ])('refuse %s', (_, words, status) => {
    const left = runCli([...words, '--data', temporaryFolder()]);
    expect([left.status, left.out]).toEqual([status, '']);
    expect(left.err).toMatch(/: .+\.\n$/);
  });
});
