import { setTimeout as pause } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { TeamLab } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

import { CoreProcess } from './core-process.ts';
import { chanceFrom } from './relay-process.ts';

const seed = Number(process.env['TRUNKLINE_TEST_SEED'] ?? Date.now() % 100_000);

it('a desktop of a team killed at any moment has everything that was answered 2xx, once and in order', async () => {
  const chance = chanceFrom(seed);
  const lab = await TeamLab.start();
  const joined = await lab.desktop('Kim');
  await joined.stop();
  const words: string[] = [];
  const rounds = 5;
  let atKills = 0;
  for (let round = 0; round < rounds; round += 1) {
    const running = await CoreProcess.start(joined.folder);
    const before = joined.texts().length;
    const receiving = lab.receive(30);
    await until(() => joined.texts().length > before);
    await pause(60 * chance());
    await running.kill();
    words.push(...(await receiving));
    atKills += joined.texts().length < words.length ? 1 : 0;
  }
  const again = await lab.desktop('not used', { folder: joined.folder });
  await until(() => again.texts().length >= words.length);
  const texts = again.texts();
  const lost = words.filter((each) => !texts.includes(each)).length;
  const twice = texts.length - new Set(texts).size;
  const found = { seed, rounds, atKills, acknowledged: words.length, lost, twice };
  process.stdout.write(`desktop of a team killed: ${JSON.stringify(found)}\n`);
  expect(texts).toEqual(words);
  // Where every kill had found it up to date, nothing would have been tried.
  expect(atKills).toBeGreaterThan(0);
});
