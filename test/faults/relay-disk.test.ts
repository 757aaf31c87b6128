import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { cannotFailDisk, FailingDisk, type DiskFault } from './failing-disk.ts';
import { chanceFrom, RelayProcess, tallyLog } from './relay-process.ts';

if (cannotFailDisk !== null) process.stdout.write(`Disk faults not tested: ${cannotFailDisk}.\n`);

const lasting: readonly DiskFault[] = ['no-space', 'write-error', 'sync-error'];

async function startOnFailingDisk() {
  const folder = temporaryFolder();
  const dataFile = path.join(folder, 'relay.db');
  const disk = new FailingDisk(folder, 'relay.db');
  const relay = await RelayProcess.start([dataFile], disk.env);
  return { dataFile, disk, relay };
}

/** Posts texts at once; resolves with those acknowledged and the statuses of all. */
async function postAll(relay: RelayProcess, texts: readonly string[]) {
  const statuses = await Promise.all(texts.map((text) => relay.post(text)));
  return { statuses, acknowledged: texts.filter((_, index) => statuses[index] === 204) };
}

/** Posts the texts again and again, as a carrier does, until all are acknowledged. Resolves with how long it took. */
async function postUntilTaken(relay: RelayProcess, texts: readonly string[]): Promise<number> {
  const started = performance.now();
  for (let left = texts; left.length > 0;) {
    const { acknowledged } = await postAll(relay, left);
    left = left.filter((text) => !acknowledged.includes(text));
    if (performance.now() - started > 60_000)
      throw new Error(`${left.length} texts are still refused`);
    if (left.length > 0) await pause(100);
  }
  return Math.round(performance.now() - started);
}

const textsOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index}`);

function checkFile(dataFile: string): unknown {
  const db = new Database(dataFile);
  const verdict = db.pragma('integrity_check', { simple: true });
  db.close();
  return verdict;
}

describe.skipIf(cannotFailDisk !== null)('the relay on a failing disk', () => {
  it.each(lasting)('answers 503 while it lasts, loses nothing, and recovers: %s', async (fault) => {
    const { dataFile, disk, relay } = await startOnFailingDisk();
    const before = textsOf('before', 50);
    expect((await postAll(relay, before)).acknowledged).toEqual(before);

    disk.fail(fault);
    const during = textsOf('during', 50);
    const { statuses } = await postAll(relay, during);
    expect(new Set(statuses)).toEqual(new Set([503]));
    const refused = await fetch(`${relay.url}/hooks/acme/c1`, { method: 'POST', body: 'during 0' });
    expect(refused.headers.get('retry-after')).toBe('1');
    const health = await fetch(`${relay.url}/healthz`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      ok: false,
      log: { problem: expect.stringMatching(/disk/) },
    });
    await pause(600);
    expect(await relay.post('during 1')).toBe(503);

    disk.fail('none');
    const recoveredMs = await postUntilTaken(relay, during);
    expect((await fetch(`${relay.url}/healthz`)).status).toBe(200);
    await relay.kill();
    const tally = await tallyLog(dataFile, [...before, ...during]);
    process.stdout.write(`relay disk, ${fault}: ${JSON.stringify({ ...tally, recoveredMs })}\n`);
    expect(tally).toMatchObject({ acknowledged: 100, stored: 100, lost: 0, twice: 0, gaps: 0 });
    expect(checkFile(dataFile)).toBe('ok');
  });

  it('writes on where the system takes a part of a write at a time', async () => {
    const { dataFile, disk, relay } = await startOnFailingDisk();
    disk.fail('short-write');
    const texts = textsOf('short', 50);
    expect((await postAll(relay, texts)).acknowledged).toEqual(texts);
    await relay.kill();
    expect(await tallyLog(dataFile, texts)).toMatchObject({
      stored: 50,
      lost: 0,
      twice: 0,
      gaps: 0,
    });
  });

  it('comes to health by itself, when nobody posts', async () => {
    const { disk, relay } = await startOnFailingDisk();
    disk.fail('sync-error');
    expect(await relay.post('refused')).toBe(503);
    disk.fail('none');
    const until = performance.now() + 5_000;
    while ((await fetch(`${relay.url}/healthz`)).status !== 200) {
      expect(performance.now()).toBeLessThan(until);
      await pause(50);
    }
  });

  it('loses nothing whichever operation of a commit or a checkpoint fails', async () => {
    const seed = Date.now() % 100_000;
    const chance = chanceFrom(seed);
    const { dataFile, disk, relay } = await startOnFailingDisk();
    const acknowledged: string[] = [];
    const refused: string[] = [];
    const rounds = 60;
    for (let round = 0; round < rounds; round += 1) {
      const fault = lasting[round % lasting.length] ?? 'no-space';
      disk.fail(fault, Math.floor(chance() ** 2 * 60));
      const body = 'x'.repeat(Math.floor(chance() * 20_000));
      for (let burst = 0; burst < 4; burst += 1) {
        const texts = textsOf(`${round} ${fault} ${burst} ${body}`, 10);
        const done = await postAll(relay, texts);
        acknowledged.push(...done.acknowledged);
        refused.push(...texts.filter((text) => !done.acknowledged.includes(text)));
      }
      disk.fail('none');
      await postUntilTaken(relay, [`after ${round}`]);
      acknowledged.push(`after ${round}`);
    }
    await postUntilTaken(relay, refused);
    await relay.kill();
    const tally = await tallyLog(dataFile, [...acknowledged, ...refused]);
    const all = { seed, rounds, refused: refused.length, ...tally };
    process.stdout.write(`relay disk, any operation: ${JSON.stringify(all)}\n`);
    expect(refused.length).toBeGreaterThan(0);
    expect(tally).toMatchObject({ stored: tally.acknowledged, lost: 0, twice: 0, gaps: 0 });
    expect(checkFile(dataFile)).toBe('ok');
  });
});
