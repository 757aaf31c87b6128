import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';

import { expect, it, vi } from 'vitest';

import { newUid } from '#main/history/uid.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

async function write({ caller }: RunningCore, text: string): Promise<void> {
  const { lines } = await caller.call('overview.get', {});
  const lineId = lines[0]?.id;
  if (lineId === undefined) throw new Error('there is no line');
  await caller.call('message.send', {
    uid: newUid(Date.now()),
    target: { lineId, to: '+15550100100' },
    text,
  });
}

async function shown({ caller }: RunningCore): Promise<string[]> {
  const { threads } = await caller.call('threads.page', {
    view: 'open',
    lineId: null,
    after: null,
    limit: 1,
  });
  const threadId = threads[0]?.id;
  if (threadId === undefined) return [];
  const { entries } = await caller.call('entries.page', { threadId, before: null, limit: 50 });
  return entries.map((entry) =>
    entry.kind === 'text' ? `${entry.direction} ${entry.state}` : entry.kind,
  );
}

const both = ['out delivered', 'in received'];

it('an older relay.db that was put back beside a newer history swallows nothing', async () => {
  const data = temporaryFolder();
  const log = path.join(data, 'relay.db');
  {
    await using running = await RunningCore.start(data);
    await write(running, 'first');
    await vi.waitFor(async () => expect(await shown(running)).toEqual(both), { timeout: 40_000 });
  }
  cpSync(log, `${log}.older`);
  {
    await using running = await RunningCore.start(data);
    for (const text of ['second', 'third']) await write(running, text);
    await vi.waitFor(async () => expect(await shown(running)).toHaveLength(6), { timeout: 40_000 });
  }
  for (const file of [log, `${log}-wal`, `${log}-shm`]) rmSync(file, { force: true });
  cpSync(`${log}.older`, log);
  await using running = await RunningCore.start(data);
  await write(running, 'fourth');
  await vi.waitFor(async () => expect((await shown(running)).slice(-2)).toEqual(both), {
    timeout: 40_000,
  });
  expect(await shown(running)).toHaveLength(8);
});
