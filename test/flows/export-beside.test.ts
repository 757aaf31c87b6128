import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';

import { describe, expect, it, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { exportRows, rowsOf } from '#test/fakes/export-text.ts';
import { folderContents } from '#test/fakes/folder-contents.ts';
import { runCli } from '#test/fakes/run-cli.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { seedHistory } from '../../bench/seed-history.ts';

const program = path.resolve('src-main/hosts/cli/start.ts');

async function send({ caller }: RunningCore, to: string, text: string): Promise<void> {
  const [line] = (await caller.call('overview.get', {})).lines;
  if (line === undefined) throw new Error('there is no line');
  const uid = newUid(Date.now());
  await caller.call('message.send', { uid, target: { lineId: line.id, to }, text });
}

describe('an export beside a running Trunkline', () => {
  it('tells all that the screen shows, and takes nothing from it', async () => {
    const data = temporaryFolder();
    await using running = await RunningCore.start(data);
    await send(running, '+15550100100', 'Hello');
    await send(running, '+15550100104', 'To a landline');
    await send(running, '+15550100109', 'A picture, please');
    await send(running, '+15550100112', 'Call me');
    await vi.waitFor(
      async () => {
        const rows = await exportRows(data);
        expect(
          rows
            .map(({ kind }) => kind)
            .toSorted()
            .join(),
        ).toBe('call,text,text,text,text,text,text,voicemail');
        expect(JSON.stringify(rows)).not.toContain('"state":"fetching"');
        expect(rows.filter((row) => row['state'] === 'delivered')).toHaveLength(3);
      },
      { timeout: 40_000, interval: 200 },
    );
    const { out, status } = runCli(['export', '--data', data, '--out', '-']);
    expect(status).toBe(0);
    const rows = rowsOf(out);
    expect(rows.find(({ text }) => text === 'To a landline')).toMatchObject({
      state: 'failed',
      failure: { kind: 'landline' },
    });
    const media = rows.flatMap((row) => row['media'] as { id: string; state: string }[]);
    expect(media.map(({ state }) => state)).toEqual(['stored', 'stored']);
    for (const { id } of media)
      expect(readdirSync(path.join(data, 'media', id.slice(0, 2)))).toContain(id);
    await send(running, '+15550100101', 'And on');
  }, 40_000);

  it('changes nothing in the folder of one that has stopped', async () => {
    const data = temporaryFolder();
    await (await RunningCore.start(data))[Symbol.asyncDispose]();
    const before = folderContents(data);
    expect(before.length).toBeGreaterThan(3);
    expect(await exportRows(data)).toEqual([]);
    expect(folderContents(data)).toEqual(before);
  });
});

describe('an export that is stopped', () => {
  function seeded(messages: number): string {
    const data = temporaryFolder();
    seedHistory(data, { messages, threads: messages / 10, longest: 1_000 });
    return data;
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s leaves nothing, and what was there before',
    async (signal) => {
      const folder = temporaryFolder();
      const out = path.join(folder, 'all.jsonl');
      const words = ['export', '--data', seeded(60_000), '--out', out];
      const child = spawn(process.execPath, [program, ...words], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const said = readAll(child.stderr);
      const ended = once(child, 'exit');
      await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(1), {
        timeout: 40_000,
        interval: 5,
      });
      expect(readdirSync(folder)[0]).toMatch(/^all\.jsonl\.[0-9a-f]{12}\.unfinished$/);
      child.kill(signal);
      child.kill(signal);
      expect(await ended).toEqual([1, null]);
      expect(readdirSync(folder)).toEqual([]);
      expect(await said).toBe(`Stopped: ${out} was not written.\n`);
    },
    60_000,
  );

  it('by a reader that has enough ends without a stack', async () => {
    const words = ['export', '--data', seeded(10_000), '--out', '-'];
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = readAll(child.stderr);
    const ended = once(child, 'exit');
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended).toEqual([1, null]);
    expect(await said).toBe('Standard output was closed before the end.\n');
  }, 60_000);

  it('by a disk without room leaves nothing, and says so', () => {
    const folder = temporaryFolder();
    const out = path.join(folder, 'all.jsonl');
    const words = [program, 'export', '--data', seeded(10_000), '--out', out];
    const limited = ['-c', 'ulimit -f 1000 && exec "$0" "$@"', process.execPath, ...words];
    const run = spawnSync('bash', limited, { encoding: 'utf8' });
    expect(run.stderr).toMatch(/^There is no room for .*all\.jsonl, and it was not written\. Free/);
    expect(run.status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});
