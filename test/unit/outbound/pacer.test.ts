import { expect, test } from 'vitest';

import { Pacer } from '#main/outbound/pacer.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';

const rate = { limit: 3, within: 1_000 };
/* How long each text takes to the carrier: now and then one is held up on the way. */
const wayOf = (index: number): number => 20 + (index % 4 === 0 ? 300 : 0);
const wayBack = 20;

/** Texts that want to leave every 335 ms arrive at these moments. */
async function arrivals(turn: () => Promise<() => void>, clock: ManualClock): Promise<number[]> {
  const came: number[] = [];
  for (let index = 0; index < 60; index += 1) {
    void turn().then((answered) => {
      clock.after(wayOf(index), () => came.push(clock.now()));
      clock.after(wayOf(index) + wayBack, answered);
    });
    await settle();
    await clock.advance(335);
  }
  await clock.advance(60_000);
  return came.toSorted((a, b) => a - b);
}

const fullest = (came: readonly number[]): number =>
  Math.max(...came.map((at) => came.filter((each) => each >= at && each < at + 1_000).length));

test('the rate holds where texts arrive, though some are late', async () => {
  const clock = new ManualClock();
  const pacer = new Pacer(clock);
  const came = await arrivals(() => pacer.turn(rate), clock);
  expect(came).toHaveLength(60);
  expect(fullest(came)).toBe(3);
});

test('without it the same texts come too many at once', async () => {
  const clock = new ManualClock();
  const came = await arrivals(() => Promise.resolve(() => undefined), clock);
  expect(fullest(came)).toBeGreaterThan(3);
});

test('an answer that never comes holds up the others for two spans at most', async () => {
  const clock = new ManualClock();
  const pacer = new Pacer(clock);
  const began = clock.now();
  const left: number[] = [];
  for (let index = 0; index < 4; index += 1)
    void pacer.turn(rate).then(() => left.push(clock.now() - began));
  await settle();
  await clock.advance(10_000);
  expect(left.slice(0, 3)).toEqual([0, 0, 0]);
  expect(left[3]).toBeLessThanOrEqual(2_000);
});

test('a clock that is set back by an hour holds nothing up for an hour', async () => {
  const clock = new ManualClock();
  const pacer = new Pacer(clock);
  for (let index = 0; index < 3; index += 1) void pacer.turn(rate).then((answered) => answered());
  await settle();
  await clock.advance(1);
  clock.jump(-3_600_000);
  let hasLeft = false;
  void pacer.turn(rate).then(() => (hasLeft = true));
  await settle();
  await clock.advance(2_001);
  expect(hasLeft).toBe(true);
});
