import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it, vi } from 'vitest';

import { saveCredentials } from '#main/core/connections/credentials.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { newUid } from '#main/history/uid.ts';
import { findCredentialsIn } from '#main/hosts/cli/find-credentials.ts';
import type { Finding } from '#main/review/checks/finding.ts';
import { examine } from '#test/fakes/examine.ts';
import { exportRows } from '#test/fakes/export-text.ts';
import { folderContents } from '#test/fakes/folder-contents.ts';
import { fakeConnection } from '#test/fakes/history-desk.ts';
import { type CliRun, runCli } from '#test/fakes/run-cli.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { variedHistory } from '#test/fakes/varied-history.ts';

/* As the program itself does, whose files are for their owner alone. */
beforeAll(() => void process.umask(0o077));

const endings = ['0100', '0102', '0104', '0106', '0107', '0109', '0110', '0111', '0112', '0113'];

async function sendToAll({ caller }: RunningCore): Promise<void> {
  const [line] = (await caller.call('overview.get', {})).lines;
  if (line === undefined) throw new Error('there is no line');
  for (const ending of endings)
    await caller.call('message.send', {
      uid: newUid(Date.now()),
      target: { lineId: line.id, to: `+1555010${ending}` },
      text: `To ${ending}`,
    });
}

const linesOf = ({ out }: CliRun): string[] => out.split('\n').filter((line) => line !== '');

describe('a data folder on which Trunkline runs, with every kind of text', () => {
  it('is found sound while it runs, again after it stopped, and is not changed by looking', async () => {
    const data = temporaryFolder();
    {
      await using running = await RunningCore.start(data);
      await sendToAll(running);
      await vi.waitFor(async () => expect(await exportRows(data)).toHaveLength(18), {
        timeout: 40_000,
        interval: 200,
      });
      const during = runCli(['doctor', '--data', data]);
      expect(during.err).toBe('');
      expect(linesOf(during).filter((line) => line.startsWith('FAILED'))).toEqual([]);
      expect(during.out).toMatch(/^ok {6}lock +Trunkline is running on this folder\.$/m);
      expect(during.status).toBe(0);
      expect(linesOf(during)).toHaveLength(22);
    }
    const before = folderContents(data);
    const after = runCli(['doctor', '--data', data, '--json']);
    expect(folderContents(data)).toEqual(before);
    const told = JSON.parse(after.out) as { folder: string; ok: boolean; checks: Finding[] };
    expect(told).toMatchObject({ folder: data, ok: true });
    expect(told.checks.map(({ check, state }) => [check, state])).toEqual(
      [
        'folder',
        'files',
        'lock',
        ...['whole', 'version', 'journal', 'references'].map((what) => `history.db ${what}`),
        'search',
        'states',
        'outbox',
        'consent',
        'media',
        'attention',
        'secrets',
        ...['whole', 'version', 'journal', 'references'].map((what) => `relay.db ${what}`),
        ...['whole', 'version', 'journal', 'references'].map(
          (what) => `sandbox-carrier.db ${what}`,
        ),
      ].map((check) => [check, 'passed']),
    );
    expect(told.checks.find(({ check }) => check === 'lock')?.words).toMatch(/is not running/);
    expect(after.status).toBe(0);
  }, 60_000);

  it('is left as it is where it was killed in the middle', async () => {
    const { road } = await variedHistory();
    const copy = temporaryFolder();
    for (const name of ['history.db', 'history.db-wal'])
      writeFileSync(path.join(copy, name), readFileSync(path.join(road.dataFolder, name)), {
        mode: 0o600,
      });
    const before = folderContents(copy);
    expect((await examine(copy)).failed).toEqual([]);
    const after = folderContents(copy).filter((file) => !file.startsWith('history.db-shm'));
    expect(after).toEqual(before);
  });
});

describe('doctor', () => {
  it('ends with 1 where a check failed, and says which on its line', async () => {
    const { road } = await variedHistory();
    const { out, status } = runCli(['doctor', '--data', road.dataFolder]);
    expect(out).toMatch(
      /^FAILED {2}secrets +Fake \(fake0001\): there are no credentials; connect the account again\.$/m,
    );
    expect(out).toMatch(/^note {4}relay\.db +It is not there yet\.$/m);
    expect(status).toBe(1);
  });

  it('is called wrongly where there is nothing to look at', () => {
    const data = temporaryFolder();
    const run = (...words: string[]) => runCli(['doctor', ...words]);
    expect(run('--data', data)).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^Trunkline was never started on/),
    });
    expect(run('--data', path.join(data, 'no'))).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^There is no folder/),
    });
    expect(run(data)).toMatchObject({
      status: 2,
      err: expect.stringMatching(/^doctor takes no words/),
    });
    expect(folderContents(data)).toEqual([]);
  });
});

describe('who may read a data folder', () => {
  it.skipIf(process.platform === 'win32').each([
    [0o700, 'passed'],
    [0o755, 'noted'],
    [0o777, 'failed'],
    [0o720, 'failed'],
  ])('is looked at: mode %o', async (mode, state) => {
    const { road } = await variedHistory();
    chmodSync(road.dataFolder, mode);
    expect((await examine(road.dataFolder)).of('folder').state).toBe(state);
  });

  it.skipIf(process.platform === 'win32')('is looked at file by file', async () => {
    const { road } = await variedHistory();
    const at = (name: string): string => path.join(road.dataFolder, name);
    expect((await examine(road.dataFolder)).of('files').state).toBe('passed');
    writeFileSync(at('secrets.key'), 'x');
    chmodSync(at('secrets.key'), 0o640);
    mkdirSync(at('secrets-kwallet.json'));
    writeFileSync(at('notes.txt'), 'not ours');
    chmodSync(at('notes.txt'), 0o666);
    expect((await examine(road.dataFolder)).of('files')).toMatchObject({
      state: 'failed',
      words:
        'secrets-kwallet.json: it is not a file; secrets.key: other accounts may read or write it: run chmod 600 on it.',
    });
  });
});

describe('credentials', () => {
  async function found(prepare: (data: string) => Promise<void> | void) {
    const { road } = await variedHistory();
    await prepare(road.dataFolder);
    return findCredentialsIn(road.dataFolder)(fakeConnection);
  }
  const save = (data: string): Promise<void> =>
    saveCredentials(createKeyFileStore(data), fakeConnection, { apiKey: 'the secret itself' });

  it('are opened, never shown', async () => {
    const { road } = await variedHistory();
    await save(road.dataFolder);
    const run = runCli(['doctor', '--data', road.dataFolder, '--json']);
    const told = JSON.parse(run.out) as { checks: Finding[] };
    expect(told.checks.find(({ check }) => check === 'secrets')).toEqual({
      check: 'secrets',
      state: 'passed',
      words: 'There are credentials for each of 1 connections.',
    });
    expect(run.out).not.toContain('the secret itself');
  });

  it('are missed, also where the names of an object are asked for', async () => {
    expect(await found(() => undefined)).toEqual({ kind: 'missing' });
  });

  it('that do not open are told with the cure', async () => {
    const gone = async (data: string) => {
      await save(data);
      rmSync(path.join(data, 'secrets.key'));
    };
    expect(await found(gone)).toMatchObject({
      kind: 'unreadable',
      sentence: expect.stringMatching(/secrets\.key is missing/),
    });
    const other = async (data: string) => {
      await save(data);
      writeFileSync(path.join(data, 'secrets.key'), Buffer.alloc(32, 7));
    };
    expect(await found(other)).toMatchObject({
      sentence: expect.stringMatching(/does not open with/),
    });
    const damaged = (data: string) => writeFileSync(path.join(data, 'secrets.json'), '{"version');
    expect(await found(damaged)).toMatchObject({
      sentence: expect.stringMatching(/secrets\.json is damaged/),
    });
  });

  it('in the key store of the system are known by name', async () => {
    const kept = (data: string) =>
      writeFileSync(
        path.join(data, 'secrets-kwallet.json'),
        JSON.stringify({ format: 1, keyStore: 'kwallet', sealed: { 'credentials/fake0001': 'x' } }),
      );
    expect(await found(kept)).toEqual({ kind: 'in-key-store' });
    const { road } = await variedHistory();
    expect((await examine(road.dataFolder, { kind: 'in-key-store' })).of('secrets')).toMatchObject({
      state: 'noted',
      words: expect.stringMatching(/1 are sealed by the key store of the system/),
    });
    expect(
      (await examine(road.dataFolder, { kind: 'unreadable', sentence: 'It is so.' })).of('secrets'),
    ).toMatchObject({ state: 'failed', words: 'Fake (fake0001): It is so.' });
  });
});
