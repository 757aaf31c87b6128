import { describe, expect, test } from 'vitest';

import { repeatWhenDue } from '#main/clock/repeat-when-due.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';

/** Work that is due at the times in `due`, and remembers when it was done. */
function working(due: number[] = []) {
  const clock = new ManualClock(0);
  const done: number[] = [];
  const repeating = repeatWhenDue(clock, {
    work() {
      done.push(clock.now());
      while (due[0] !== undefined && due[0] <= clock.now()) due.shift();
      return true;
    },
    nextAt: () => due[0] ?? null,
  });
  return { clock, done, repeating, due };
}

describe('work', () => {
  test('is done when somebody wakes it, and when it is due', async () => {
    const { clock, done, repeating } = working([500, 700]);
    await clock.advance(1_000);
    expect(done).toEqual([]);
    repeating.wake();
    await settle();
    expect(done).toEqual([1_000]);
    const later = working([500, 700]);
    later.repeating.wake();
    await settle();
    await later.clock.advance(10_000);
    expect(later.done).toEqual([0, 500, 700]);
  });

  test('woken several times in one turn is done once', async () => {
    const { done, repeating } = working();
    repeating.wake();
    repeating.wake();
    repeating.wake();
    await settle();
    expect(done).toHaveLength(1);
  });

  test('is one round at a time, and a wake in the midst of it is not lost', async () => {
    const clock = new ManualClock(0);
    const ends: (() => void)[] = [];
    let now = 0;
    let most = 0;
    const repeating = repeatWhenDue(clock, {
      async work() {
        most = Math.max(most, (now += 1));
        await new Promise<void>((resolve) => ends.push(resolve));
        now -= 1;
        return true;
      },
      nextAt: () => null,
    });
    repeating.wake();
    await settle();
    repeating.wake();
    repeating.wake();
    await settle();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settle();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await settle();
    expect([ends.length, most]).toEqual([2, 1]);
  });

  test('that is due but cannot be begun is looked at again only after a pause', async () => {
    const clock = new ManualClock(0);
    let rounds = 0;
    const blocked = (begunAll: boolean) =>
      repeatWhenDue(clock, {
        work() {
          rounds += 1;
          return begunAll;
        },
        nextAt: () => 0,
      });
    for (const begunAll of [true, false]) {
      rounds = 0;
      const repeating = blocked(begunAll);
      repeating.wake();
      await settle();
      await clock.advance(10_000);
      repeating.stop();
      expect(rounds).toBe(11);
    }
  });

  test('that fails is done again after a pause', async () => {
    const clock = new ManualClock(0);
    let rounds = 0;
    const repeating = repeatWhenDue(clock, {
      work() {
        rounds += 1;
        if (rounds < 3) throw new Error('trouble');
        return true;
      },
      nextAt: () => null,
    });
    repeating.wake();
    await settle();
    await clock.advance(999);
    expect(rounds).toBe(1);
    await clock.advance(10_000);
    expect(rounds).toBe(3);
  });

  test('far away is looked at now and then, because a clock may be set back and a machine sleep', async () => {
    const { clock, done, repeating } = working([3_600_000]);
    repeating.wake();
    await settle();
    await clock.advance(120_000);
    expect(done).toEqual([0, 30_000, 60_000, 90_000, 120_000]);
  });
});

test('stopped, it begins nothing more, whatever is due or woken', async () => {
  const { clock, done, repeating } = working([500]);
  repeating.wake();
  await settle();
  repeating.stop();
  repeating.wake();
  await clock.advance(60_000);
  expect(done).toEqual([0]);
  expect(clock.planned).toBe(0);
});
