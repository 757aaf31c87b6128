import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pace } from '#main/providers/smpp/session/pace.ts';

const pacing = { limit: null, pauseMs: 1_000, recoverEveryMs: 5_000 };

/** When parts leave that are all there from the start: each as soon as the pace lets it. */
function leave(pace: Pace, count: number, from = 0): number[] {
  const times: number[] = [];
  let now = from;
  while (times.length < count) {
    now += pace.waitMs(now);
    if (pace.waitMs(now) > 0) continue;
    pace.noteSent(now);
    times.push(now);
  }
  return times;
}

describe('Pace', () => {
  it('holds nothing back where there is no limit', () => {
    expect(leave(new Pace(pacing), 500).at(-1)).toBe(0);
  });

  it('never lets more leave in a second than agreed, however late the clock wakes', () => {
    const lateness = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), lateness, (limit, late) => {
        const pace = new Pace({ ...pacing, limit });
        const times: number[] = [];
        let now = 0;
        for (let index = 0; times.length < 3 * limit; index += 1) {
          const wait = pace.waitMs(now);
          now += wait === 0 ? 0 : wait + (late[index % late.length] ?? 0);
          if (pace.waitMs(now) > 0) continue;
          pace.noteSent(now);
          times.push(now);
        }
        for (const [index, at] of times.entries())
          expect((times[index + limit] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThan(1_000);
      }),
    );
  });

  it('reaches nearly all of what is agreed', () => {
    const last = leave(new Pace({ ...pacing, limit: 50 }), 501).at(-1) ?? 0;
    expect(last).toBeLessThan(10_200);
  });

  it('after a complaint pauses, then lets half as many leave', () => {
    const pace = new Pace({ ...pacing, limit: 20 });
    const before = leave(pace, 40);
    const now = before.at(-1) ?? 0;
    pace.slowDown(now);
    const after = leave(pace, 11, now);
    expect(after[0]).toBeGreaterThanOrEqual(now + 1_000);
    expect((after[10] ?? 0) - (after[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect((after[10] ?? 0) - (after[0] ?? 0)).toBeLessThan(1_200);
  });

  it('counts complaints about what left before the pause once', () => {
    const once = new Pace({ ...pacing, limit: 16 });
    const thrice = new Pace({ ...pacing, limit: 16 });
    once.slowDown(0);
    for (const at of [0, 5, 900]) thrice.slowDown(at);
    expect(leave(thrice, 9)).toEqual(leave(once, 9));
  });

  it('halves an unlimited pace by what left within the last second, and never below one', () => {
    const pace = new Pace(pacing);
    leave(pace, 100);
    pace.slowDown(10);
    const times = leave(pace, 51, 10);
    expect((times[50] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
    const idle = new Pace(pacing);
    for (let at = 0; at < 60_000; at += 2_000) idle.slowDown(at);
    expect(idle.waitMs(61_000)).toBeLessThanOrEqual(1_010);
  });

  it('comes back by a tenth at a time, up to the limit and no further', () => {
    const pace = new Pace({ ...pacing, limit: 20 });
    pace.slowDown(0);
    const inSecond = (from: number) =>
      leave(pace, 40, from).filter((at) => at < from + 1_000).length;
    expect(inSecond(1_000)).toBe(10);
    expect(inSecond(12_000)).toBe(12);
    expect(inSecond(1_000 + 8 * 5_000)).toBe(20);
    expect(inSecond(500_000)).toBe(20);
  });

  it('of an unlimited account comes back whole', () => {
    const pace = new Pace(pacing);
    pace.slowDown(0);
    expect(leave(pace, 500, 3_600_000).at(-1)).toBe(3_600_000);
  });

  it('pauses for a full queue without slowing down', () => {
    const pace = new Pace({ ...pacing, limit: 20 });
    pace.pause(0);
    const times = leave(pace, 20);
    expect(times[0]).toBe(1_000);
    expect((times[19] ?? 0) - (times[0] ?? 0)).toBeLessThan(1_000);
  });
});
