import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

import { chanceFrom, RelayProcess, tallyLog } from './relay-process.ts';

const carriers = 12;

/** Carriers that post without end until their relay is gone. Resolves with what was posted and what was acknowledged. */
async function postUntilKilled(relay: RelayProcess, prefix: string) {
  const posted: string[] = [];
  const acknowledged: string[] = [];
  const postForever = async (carrier: number): Promise<void> => {
    for (let count = 1; ; count += 1) {
      const text = `${prefix}-${carrier}-${count}`;
      posted.push(text);
      const status = await relay.post(text);
      if (status === null) return;
      if (status === 204) acknowledged.push(text);
    }
  };
  await Promise.all(Array.from({ length: carriers }, (_, carrier) => postForever(carrier)));
  return { posted, acknowledged };
}

async function killRounds(manner: 'honest' | 'hasty', rounds: number) {
  const seed = Date.now() % 100_000;
  const chance = chanceFrom(seed);
  const dataFile = path.join(temporaryFolder(), 'relay.db');
  const posted: string[] = [];
  const acknowledged: string[] = [];
  let slowestStart = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const started = performance.now();
    const relay = await RelayProcess.start([dataFile, manner]);
    slowestStart = Math.max(slowestStart, performance.now() - started);
    const posting = postUntilKilled(relay, `round ${round}`);
    await pause(100 + 200 * chance());
    await relay.kill();
    const done = await posting;
    posted.push(...done.posted);
    acknowledged.push(...done.acknowledged);
  }
  const slowestStartMs = Math.round(slowestStart);
  const tally = {
    manner,
    rounds,
    seed,
    slowestStartMs,
    ...(await tallyLog(dataFile, acknowledged)),
  };
  process.stdout.write(`relay killed: ${JSON.stringify(tally)}\n`);
  return { tally, dataFile, posted };
}

describe('the relay killed at any moment under load', () => {
  it('has stored everything it acknowledged, once, and takes repeats of the rest', async () => {
    const { tally, dataFile, posted } = await killRounds('honest', 12);
    expect(tally.acknowledged).toBeGreaterThan(100);
    expect(tally).toMatchObject({ lost: 0, twice: 0, gaps: 0 });
    expect(tally.slowestStartMs).toBeLessThan(10_000);

    const relay = await RelayProcess.start([dataFile]);
    const again = posted.slice(-200);
    for (const text of again) expect(await relay.post(text)).toBe(204);
    await relay.kill();
    expect(await tallyLog(dataFile, again)).toMatchObject({ lost: 0, twice: 0, gaps: 0 });
  });

  it('would be caught if it answered before the commit', async () => {
    const { tally } = await killRounds('hasty', 3);
    expect(tally.lost).toBeGreaterThan(0);
  });
});
