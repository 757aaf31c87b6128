import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { deliveryOf } from '#test/fakes/deliveries.ts';
import { signAsSandbox, textEvent } from '#test/fakes/sandbox-hook.ts';
import { TeamLab, sharedId } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

/** Puts texts into the log of a relay that is not running, as if they had come in before. */
async function fillLog(lab: TeamLab, words: readonly string[]): Promise<void> {
  const log = openSqliteLog(path.join(lab.folder, 'relay.db'));
  await Promise.all(
    words.map((text) => {
      const body = textEvent({ id: text.replace(' ', '-'), text });
      const raw = deliveryOf(body, { connectionId: sharedId, headers: signAsSandbox(body) });
      return log.append({ ...raw, receivedAt: Date.now() }, text);
    }),
  );
  await log.close();
}

const numbered = (count: number, what = 'word'): string[] =>
  Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);

describe('a desktop that was away', () => {
  it('catches up with 10,000 deliveries, in order, saying how far it is behind', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    await kim.stop();
    await lab.stopRelay();
    const words = numbered(10_000);
    await fillLog(lab, words);
    await lab.startRelay();
    const started = performance.now();
    const again = await lab.desktop('not used', { folder: kim.folder });
    const lags: number[] = [];
    await until(async () => {
      const { state, lag } = await again.team();
      if (state === 'behind') lags.push(lag);
      return state === 'connected';
    });
    const ms = Math.round(performance.now() - started);
    process.stdout.write(`caught up: ${JSON.stringify({ count: words.length, ms })}\n`);
    expect(again.texts()).toEqual(words);
    expect(Math.max(...lags)).toBeGreaterThan(1_000);
    expect(lags).toEqual(lags.toSorted((a, b) => b - a));
  });

  it('misses nothing where relay and desktop are restarted in turn', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    let sam = await lab.desktop('Sam');
    const words: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      words.push(...(await lab.receive(10)));
      await sam.stop();
      words.push(...(await lab.receive(10)));
      await lab.stopRelay();
      sam = await lab.desktop('not used', { folder: sam.folder });
      await lab.startRelay();
    }
    for (const desktop of [kim, sam]) {
      await until(() => desktop.texts().length >= words.length);
      expect(desktop.texts()).toEqual(words);
    }
  });
});

describe('a relay whose log is another one than before', () => {
  it('is followed from its beginning where the log is new', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const before = await lab.receive(5);
    await until(() => kim.texts().length === 5);
    await lab.stopRelay();
    for (const end of ['', '-wal', '-shm'])
      rmSync(path.join(lab.folder, `relay.db${end}`), { force: true });
    await lab.startRelay();
    const after = await lab.receive(3);
    await until(() => kim.texts().length >= 8);
    expect(kim.texts()).toEqual([...before, ...after]);
    await until(async () => (await kim.team()).state === 'connected');
  });

  it('is followed anew where an older copy was put back, and nothing is there twice', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const file = path.join(lab.folder, 'relay.db');
    const words = await lab.receive(3);
    await lab.stopRelay();
    copyFileSync(file, `${file}.copy`);
    await lab.startRelay();
    words.push(...(await lab.receive(5)));
    await until(() => kim.texts().length === 8);
    await lab.stopRelay();
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    copyFileSync(`${file}.copy`, file);
    await lab.startRelay();
    words.push(...(await lab.receive(2)));
    await until(() => kim.texts().length >= 10);
    await until(async () => (await kim.team()).state === 'connected');
    expect(kim.texts()).toEqual(words);
  });

  it('is followed on where what was missed had left it, and the hole is noticed', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const before = await lab.receive(5);
    await until(() => kim.texts().length === 5);
    await kim.stop();
    await lab.receive(5);
    await lab.stopRelay();
    const log = openSqliteLog(path.join(lab.folder, 'relay.db'));
    const soon = Date.now() + 1_000;
    expect(await log.trim({ receivedBefore: soon, upTo: 10, rememberSince: soon })).toBeGreaterThan(
      5,
    );
    await log.close();
    await lab.startRelay();
    const again = await lab.desktop('not used', { folder: kim.folder });
    const { gaps } = await until(async () => {
      const found = await again.core.caller.call('gaps.list', {});
      return found.gaps.length > 0 ? found : null;
    });
    expect(gaps).toMatchObject([{ connectionId: sharedId }]);
    const after = await lab.receive(2);
    await until(() => again.texts().length >= 7);
    expect(again.texts()).toEqual([...before, ...after]);
  });
});
