import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { type Core, StartFailure } from '#main/core/core.ts';
import { createKeyFileStore } from '#main/core/key-file-store.ts';
import { startCore } from '#main/core/start-core.ts';
import { systemClock } from '#main/log/system-clock.ts';

let folder = '';
const running: Core[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trunkline-start-'));
});
afterEach(async () => {
  for (const core of running.splice(0)) await core.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataFolder: string, relayPort = 0): Promise<Core> {
  const host = {
    dataFolder,
    secrets: createKeyFileStore(dataFolder),
    clock: systemClock,
    notify: () => undefined,
  };
  const core = await startCore(host, {
    relayPort,
    mediaBase: '/media/',
    sandboxSpeed: 10,
    sandboxSeed: 1,
  });
  running.push(core);
  return core;
}

const failure = (dataFolder: string, relayPort = 0): Promise<unknown> =>
  start(dataFolder, relayPort).catch((error: unknown) => error);

/** A sentence that names the folder or port and what to do; never a stack or a code of the system. */
function expectSentence(error: unknown, what: RegExp): void {
  expect(error).toBeInstanceOf(StartFailure);
  const { message } = error as StartFailure;
  expect(message).toMatch(what);
  expect(message).toMatch(/\.$/);
  expect(message).not.toMatch(/SQLITE|ENO|EACC|\bat \S+:\d/);
}

it('starts on a new folder, stops, and starts again on what it left', async () => {
  await start(path.join(folder, 'new'));
  await running.pop()?.stop();
  await start(path.join(folder, 'new'));
});

it('says so where another Trunkline runs on the folder, and leaves that one alone', async () => {
  await start(folder);
  expectSentence(await failure(folder), /already running on .*--data/);
  await running.pop()?.stop();
  await start(folder);
});

it('says so where the data folder is a file', async () => {
  const file = path.join(folder, 'a-file');
  writeFileSync(file, 'mine');
  expectSentence(await failure(file), /not a folder/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('refuses a history written by a newer version and leaves it as it is', async () => {
  await start(folder);
  await running.pop()?.stop();
  const db = new Database(path.join(folder, 'history.db'));
  db.pragma('user_version = 9990');
  db.close();
  expectSentence(await failure(folder), /newer Trunkline/);
  const after = new Database(path.join(folder, 'history.db'), { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(9990);
  after.close();
});

it('says so where the history is no database, and leaves it as it is', async () => {
  const file = path.join(folder, 'history.db');
  writeFileSync(file, 'not a database, but somebody may want it'.repeat(100));
  expectSentence(await failure(folder), /damaged/);
  expect(readFileSync(file, 'utf8')).toContain('somebody may want it');
});

it('says which port is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expectSentence(await failure(folder, port), new RegExp(`Port ${port} is in use`));
  server.close();
  await start(folder);
});
