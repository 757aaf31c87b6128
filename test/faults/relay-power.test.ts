import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { openSqliteLog } from '#main/relay/sqlite-log.ts';
import { readAll, textOf } from '#test/fakes/deliveries.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { cannotRecordDisk, DiskRecording, type DiskDeed } from './disk-recording.ts';
import { cutManners, PowerCutDisk } from './power-cut-disk.ts';
import { chanceFrom, RelayProcess } from './relay-process.ts';

if (cannotRecordDisk !== null)
  process.stdout.write(`Power cuts of the relay not tested: ${cannotRecordDisk}.\n`);

const carriers = 6;
const callsEach = 80;
const octets = 6_000;

/** Runs a relay under load from its first file on; resolves with all it did to its disk, its promises among it. */
async function record(manner: 'honest' | 'loose', seed: number) {
  const beside = realpathSync(temporaryFolder());
  const folder = path.join(beside, 'data');
  mkdirSync(folder);
  const recording = new DiskRecording(folder, beside);
  const files = [path.join(folder, 'relay.db'), manner, path.join(folder, 'marks')];
  const relay = await RelayProcess.start(files, recording.env);
  const chance = chanceFrom(seed);
  const post = async (carrier: number): Promise<void> => {
    for (let call = 0; call < callsEach; call += 1) {
      const text = `${carrier}-${call} ${'x'.repeat(Math.floor(chance() * octets))}`;
      expect(await relay.post(text)).toBe(204);
    }
  };
  await Promise.all(Array.from({ length: carriers }, (_, carrier) => post(carrier)));
  await relay.kill();
  return { folder, deeds: recording.deeds() };
}

/** Half of the points lie right behind a promise, where a loss is likeliest; the other half anywhere. */
function choosePoints(deeds: readonly DiskDeed[], count: number, chance: () => number): number[] {
  const promises = deeds.flatMap((deed, index) => (isMark(deed) ? [index + 1] : []));
  return Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? (promises[Math.floor(chance() * promises.length)] ?? 0)
      : Math.floor(chance() * (deeds.length + 1)),
  ).toSorted((a, b) => a - b);
}

const isMark = ({ kind, path: name }: DiskDeed): boolean =>
  kind === 'write' && path.basename(name) === 'marks';
/** Shared memory beside the file is made anew from the write-ahead log; the marks are the test's own. */
const isKept = ({ path: name }: DiskDeed): boolean => !/(-shm|marks)$/.test(name);

/** Opens what a power cut left, as the next start does, and holds it to what was promised before. */
async function lookAt(found: ReadonlyMap<string, Buffer>, promised: ReadonlyMap<number, string>) {
  const folder = temporaryFolder();
  for (const [name, content] of found) writeFileSync(path.join(folder, name), content);
  const log = openSqliteLog(path.join(folder, 'relay.db'));
  const stored = await readAll(log);
  const words = new Map(stored.map((each) => [each.seq, textOf(each).split(' ')[0] ?? '']));
  const again = stored[0] && (await log.append(stored[0].raw, `acme/c1/key/${textOf(stored[0])}`));
  const next = await log.append({ ...(stored[0]?.raw ?? nothing), body: Buffer.from('next') }, 'n');
  await log.close();
  rmSync(folder, { recursive: true });
  return {
    lost: [...promised].filter(([seq, word]) => words.get(seq) !== word).length,
    gaps: stored.filter(({ seq }, index) => seq !== index + 1).length,
    twice: words.size - new Set(words.values()).size,
    forgotten: again !== undefined && !(again.duplicate && again.seq === 1) ? 1 : 0,
    jumped: next.seq === stored.length + 1 ? 0 : 1,
  };
}

const nothing = {
  provider: 'acme',
  connectionId: 'c1',
  method: 'POST',
  url: '',
  headers: {},
  receivedAt: 0,
};

async function cutPower(manner: 'honest' | 'loose', points: number) {
  const seed = Date.now() % 100_000;
  const chance = chanceFrom(seed);
  const { folder, deeds } = await record(manner, seed);
  const disk = new PowerCutDisk(folder);
  const promised = new Map<number, string>();
  const tally = { lost: 0, gaps: 0, twice: 0, forgotten: 0, jumped: 0, pointsWithLoss: 0 };
  let done = 0;
  for (const [index, point] of choosePoints(deeds, points, chance).entries()) {
    for (const deed of deeds.slice(done, point)) {
      if (isKept(deed)) disk.do(deed);
      if (!isMark(deed)) continue;
      const [seq = '', word = ''] = deed.data.toString().trim().split(' ');
      promised.set(Number(seq), word);
    }
    done = point;
    const cutManner = cutManners[index % cutManners.length] ?? 'everything';
    const seen = await lookAt(disk.cut(cutManner, chance), promised);
    for (const key of ['lost', 'gaps', 'twice', 'forgotten', 'jumped'] as const)
      tally[key] += seen[key];
    if (seen.lost > 0) tally.pointsWithLoss += 1;
  }
  const counts = { manner, seed, points, deeds: deeds.length, promised: promised.size, ...tally };
  process.stdout.write(`relay without power: ${JSON.stringify(counts)}\n`);
  return counts;
}

describe.skipIf(cannotRecordDisk !== null)('the relay at a power cut', () => {
  it('has everything it promised, once, in order and without gaps, whatever reached the disk', async () => {
    const counts = await cutPower('honest', 180);
    expect(counts.promised).toBeGreaterThan(300);
    expect(counts).toMatchObject({ lost: 0, gaps: 0, twice: 0, forgotten: 0, jumped: 0 });
  });

  it('would be caught if it promised before the fsync', async () => {
    const counts = await cutPower('loose', 60);
    expect(counts.pointsWithLoss).toBeGreaterThan(0);
  });
});
