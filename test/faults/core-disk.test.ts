import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { newUid } from '#main/history/uid.ts';

import { CoreProcess } from './core-process.ts';
import { FailingDisk, cannotFailDisk } from './failing-disk.ts';

let folder = '';
let data = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trunkline-disk-'));
  data = path.join(folder, 'data');
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const texts = (): string[] => {
  const db = new Database(path.join(data, 'history.db'), { readonly: true });
  const rows = db
    .prepare("SELECT text FROM entries WHERE direction = 'out' ORDER BY id")
    .pluck()
    .all();
  db.close();
  return rows as string[];
};

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) await pause(50);
}

if (cannotFailDisk !== null)
  process.stdout.write(`core on a failing disk: skipped: ${cannotFailDisk}\n`);

describe.skipIf(cannotFailDisk !== null)('the core on a disk that fails', () => {
  it('says that the disk is full at the start, without a stack', async () => {
    const disk = new FailingDisk(folder, data);
    disk.fail('no-space');
    await expect(CoreProcess.start(data, 'core-child.ts', disk.env)).rejects.toThrow(
      /disk .* is full: .*Free some space|disk of the data folder is full/,
    );
  });

  it('refuses a text while the disk is full, keeps what it had, and goes on when there is room', async () => {
    const disk = new FailingDisk(folder, data);
    const core = await CoreProcess.start(data, 'core-child.ts', disk.env);
    const send = (text: string) => core.send({ uid: newUid(Date.now()), to: '+15550100101', text });
    send('before');
    await until(() => core.acknowledged.size === 1);
    await pause(500);
    disk.fail('no-space');
    send('while full');
    await until(() => core.refused.length === 1);
    expect(core.refused).toEqual(['The disk is full, so nothing was saved.']);
    disk.fail('none');
    send('after');
    await until(() => core.acknowledged.size === 2);
    await core.kill();
    expect(texts()).toEqual(['before', 'after']);
  });
});

const root = process.getuid?.() === 0;
const canMount = root && spawnSync('unshare', ['-m', 'true']).status === 0;
if (!canMount)
  process.stdout.write('core on a read-only folder: skipped: mounting one needs root\n');

it.skipIf(!canMount)('says that the data folder cannot be written to', () => {
  const child = new URL('core-child.ts', import.meta.url).pathname;
  const script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" "$3" "$1"';
  const run = spawnSync(
    'unshare',
    ['-m', 'sh', '-c', script, 'sh', data, process.execPath, child],
    { encoding: 'utf8' },
  );
  expect(run.status).not.toBe(0);
  expect(run.stderr).toMatch(/data folder cannot be written to: .*--data/);
});
