import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { CuttingProxy } from '#test/fakes/cutting-proxy.ts';
import { StreamTaker, emptyStore, pairTaker } from '#test/fakes/stream-taker.ts';
import { TeamLab } from '#test/fakes/team-lab.ts';
import { TeamRelay } from '#test/fakes/team-relay.ts';
import { until } from '#test/fakes/until.ts';
import { chanceFrom } from '#test/faults/relay-process.ts';

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `text ${index + 1}`);

/** Cuts in the middle of about one chunk of `every`. */
function cutNowAndThen(proxy: CuttingProxy, chance: () => number, every: number): void {
  proxy.cutAfter = (octets) => (chance() < 1 / every ? Math.floor(chance() * octets) : null);
}

type Tally = { readonly lost: number; readonly twice: number; readonly inOrder: boolean };

function tally(expected: readonly string[], taken: readonly string[]): Tally {
  const seen = new Set(taken);
  return {
    lost: expected.filter((each) => !seen.has(each)).length,
    twice: taken.length - seen.size,
    inOrder: taken.every(
      (each, index) => index === 0 || numberOf(each) > numberOf(taken[index - 1]),
    ),
  };
}

const numberOf = (text: string | undefined): number => Number(text?.split(' ')[1]);

/** Takes everything in over a network that is cut, by a program that is killed now and then. */
async function takeThroughCuts(manner: 'honest' | 'hasty', count: number) {
  const seed = Date.now() % 100_000;
  const chance = chanceFrom(seed);
  const relay = await TeamRelay.start();
  const { log, append, desktops } = relay.workspace();
  await append(...numbered(count));
  const proxy = await CuttingProxy.start();
  onTestFinished(() => proxy.close());
  proxy.port = Number(new URL(relay.url).port);
  const { code } = desktops.makeCode(Date.now());
  const identity = await pairTaker(proxy.url, code);
  cutNowAndThen(proxy, chance, 6);
  const store = emptyStore();
  const options = { address: proxy.url, identity, store, manner } as const;
  let kills = 0;
  while (store.cursor < count) {
    const taker = new StreamTaker({ ...options, takesMs: () => (chance() < 0.02 ? 1 : 0) });
    await pause(20 + 80 * chance());
    await taker.kill();
    kills += 1;
  }
  const texts = store.taken.map(({ text }) => text);
  const found = { manner, seed, count, kills, cuts: proxy.cuts, ...tally(numbered(count), texts) };
  process.stdout.write(`stream cut and desktop killed: ${JSON.stringify(found)}\n`);
  expect(store.log).toBe(log.id);
  return found;
}

describe('a stream cut in the middle of frames, a desktop killed while it takes in', () => {
  it('loses nothing and brings nothing twice', async () => {
    const found = await takeThroughCuts('honest', 4_000);
    expect(found).toMatchObject({ lost: 0, twice: 0, inOrder: true });
    expect(found.cuts).toBeGreaterThan(3);
    expect(found.kills).toBeGreaterThan(3);
  });

  it('would lose, were the place moved before the commit', async () => {
    expect((await takeThroughCuts('hasty', 4_000)).lost).toBeGreaterThan(0);
  });
});

describe('whole desktops behind a network that is cut', () => {
  it('have everything once and in order, while it comes', async () => {
    const seed = Date.now() % 100_000;
    const lab = await TeamLab.start();
    const desktops = [await lab.desktop('Kim'), await lab.desktop('Sam')];
    cutNowAndThen(lab.proxy, chanceFrom(seed), 6);
    const words: string[] = [];
    for (let round = 0; round < 15; round += 1) words.push(...(await lab.receive(20)));
    lab.proxy.cutAfter = () => null;
    const { cuts } = lab.proxy;
    for (const desktop of desktops) {
      await until(() => desktop.texts().length >= words.length);
      const found = { seed, count: words.length, cuts, ...tally(words, desktop.texts()) };
      process.stdout.write(`whole desktop behind cuts: ${JSON.stringify(found)}\n`);
      expect(found).toMatchObject({ lost: 0, twice: 0, inOrder: true });
    }
    expect(cuts).toBeGreaterThan(0);
  });
});
