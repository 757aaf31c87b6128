import { expect, it } from 'vitest';

import { textOf } from '#test/fakes/deliveries.ts';
import { ManualClock } from '#test/fakes/manual-clock.ts';
import { RelayDesk } from '#test/fakes/relay-desk.ts';

import { chanceFrom } from './relay-process.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const jumps = [hour, -hour, day, -day, -hour, hour, -day, day] as const;

/** A relay whose clock is set on and back while calls come in, with an hour or less between two jumps. */
async function takeThroughJumps(retentionMs: number) {
  const seed = Date.now() % 100_000;
  const chance = chanceFrom(seed);
  const clock = new ManualClock();
  const desk = await RelayDesk.start({ clock, retentionMs });
  const acknowledged: string[] = [];
  const say = async (id: string): Promise<void> => {
    expect((await desk.post({ id, body: id })).status).toBe(200);
  };
  for (let round = 0; round < 40; round += 1) {
    for (let call = 0; call < 5; call += 1) {
      acknowledged.push(`${round}-${call}`);
      await say(`${round}-${call}`);
    }
    for (let again = 0; again < 5; again += 1)
      await say(acknowledged[Math.floor(chance() * acknowledged.length)] ?? '');
    clock.jump(jumps[round % jumps.length] ?? 0);
    await clock.advance(Math.floor(chance() * hour));
  }
  const stored = await desk.stored();
  const texts = stored.map(textOf);
  const lost = acknowledged.filter((id) => !texts.includes(id)).length;
  const repeats = desk.relay.stats().duplicates;
  const counts = { seed, acknowledged: acknowledged.length, repeats, stored: texts.length, lost };
  process.stdout.write(
    `relay under a jumping clock: ${JSON.stringify({ retentionMs, ...counts })}\n`,
  );
  return { acknowledged, stored, texts, counts };
}

it('keeps order, knows repeats and drops nothing young while the clock is set on and back', async () => {
  const { acknowledged, stored, texts, counts } = await takeThroughJumps(30 * day);
  expect(texts).toEqual(acknowledged);
  expect(stored.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
  expect(counts).toMatchObject({ repeats: 200, lost: 0 });
});

it('control: with a retention shorter than the jumps young deliveries are dropped', async () => {
  const { counts } = await takeThroughJumps(hour);
  expect(counts.lost).toBeGreaterThan(0);
});
