import { describe, expect, test } from 'vitest';

import { faultsRun } from '#test/fakes/faults-run.ts';

const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);
const ends = ['delivered', 'failed', 'unknown'];

describe(`a carrier that fails at one text in five (seed ${seed})`, () => {
  test('takes each of 5,000 texts at most once, and each comes to an end', async () => {
    const { taken, texts, ...counts } = await faultsRun({ seed, count: 5_000, crashEvery: 600 });
    process.stdout.write(`exactly once: seed ${seed}, ${JSON.stringify(counts)}\n`);
    expect([...taken].filter(([, times]) => times > 1)).toEqual([]);
    expect(texts.filter(({ state }) => !ends.includes(state))).toEqual([]);
    expect(texts.filter(({ state, undecided }) => state === 'unknown' && !undecided)).toEqual([]);
    const times = ({ uid }: { uid: string }) => taken.get(uid) ?? 0;
    expect(texts.filter((text) => text.state === 'delivered' && times(text) !== 1)).toEqual([]);
    expect(texts.filter((text) => text.state === 'failed' && times(text) !== 0)).toEqual([]);
    // All that were refused, but for those on the road in a crash.
    expect(counts.ends['failed']).toBeGreaterThan((counts.faults.revoked ?? 0) * 0.8);
    expect(texts).toHaveLength(5_000);
    expect(counts.faulty).toBeGreaterThan(900);
    expect(Object.keys(counts.faults).length).toBe(12);
    expect(counts.crashes).toBeGreaterThanOrEqual(6);
  }, 120_000);

  test('takes some twice from a program that sends again what it heard nothing of', async () => {
    const { taken } = await faultsRun({ seed, count: 300, crashEvery: 1_000, isBlind: true });
    const doubles = [...taken.values()].filter((times) => times > 1).length;
    process.stdout.write(`blind retry: seed ${seed}, ${doubles} of 300 taken twice\n`);
    expect(doubles).toBeGreaterThan(0);
  }, 60_000);
});
