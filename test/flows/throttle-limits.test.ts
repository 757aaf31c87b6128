import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Weighed } from '#shared/throughput/weighed.ts';
import { daysOf, isOverNow, overSpans } from '#test/fakes/over-limits.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import {
  type Throttle,
  ThrottleWorld,
  firstDay,
  firstMidnight,
  lineTable,
  ourThrottle,
} from '#test/fakes/throttle-world.ts';
import { naiveThrottle } from '#test/fixtures/naive-throttle.ts';

const seed = 20_261_121;

const arrival = fc.record({
  kind: fc.constant('texts' as const),
  line: fc.nat(lineTable.length - 1),
  count: fc.integer({ min: 1, max: 12 }),
  segments: fc.integer({ min: 1, max: 9 }),
  isMms: fc.boolean(),
  purpose: fc.constantFrom('reply', 'outreach', 'marketing'),
});
const pause = fc.record({
  kind: fc.constant('time' as const),
  ms: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 400, max: 70_000 })),
});
const setBack = fc.record({
  kind: fc.constant('time' as const),
  ms: fc.oneof(fc.integer({ min: -3_000, max: -1 }), fc.integer({ min: -7_200_000, max: -1 })),
});
const restart = fc.constant({ kind: 'restart' as const });
const story = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: arrival },
    { weight: 6, arbitrary: pause },
    { weight: 1, arbitrary: setBack },
    { weight: 1, arbitrary: restart },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
);
const steady = fc.array(fc.oneof(arrival, pause), { minLength: 1, maxLength: 40, size: 'max' });
type Step = (typeof story extends fc.Arbitrary<infer Steps> ? Steps : never)[number];

function tell(world: ThrottleWorld, steps: readonly Step[]): number {
  let arrived = 0;
  for (const step of steps) {
    if (step.kind === 'restart') world.restart();
    else if (step.kind === 'time') world.move(step.ms);
    else {
      arrived += step.count;
      for (let each = 0; each < step.count; each += 1) world.arrive(textOf(world, step));
    }
  }
  return arrived;
}

function textOf(world: ThrottleWorld, step: Step & { kind: 'texts' }): Weighed {
  const line = world.lines[step.line];
  if (line === undefined) throw new Error('no such line');
  const { id: lineId, connectionId } = line;
  const { segments, isMms, purpose } = step;
  return { lineId, connectionId, peer: '+15550200001', segments, isMms, purpose };
}

type Seen = { runs: number; texts: number; restarts: number };

function holds(throttle: () => Throttle, seen: Seen, numRuns: number): void {
  fc.assert(
    fc.property(story, fc.boolean(), (steps, isLateInDay) => {
      const world = new ThrottleWorld(temporaryFolder(), throttle());
      try {
        if (isLateInDay) world.spentBefore('BSOLO', 780, false);
        const arrived = tell(world, steps);
        world.runOut(20_000);
        seen.runs += 1;
        seen.texts += arrived;
        seen.restarts += steps.filter(({ kind }) => kind === 'restart').length;
        expect(overSpans(world)).toEqual([]);
        expect(world.left).toHaveLength(arrived);
        const before = isLateInDay ? 780 : 0;
        for (const [day, { all, others }] of daysOf(world, 'CSOLO')) {
          const spent = day === firstDay ? before : 0;
          expect(all + spent, day).toBeLessThanOrEqual(1_000);
          expect(others + spent, day).toBeLessThanOrEqual(800);
        }
      } finally {
        world.close();
      }
    }),
    { numRuns, seed: seed },
  );
}

describe('whatever arrives, and however the clock is set', () => {
  test('no span of any limit is ever over, and everything leaves in the end', () => {
    const seen = { runs: 0, texts: 0, restarts: 0 };
    holds(() => ourThrottle, seen, 60);
    process.stdout.write(`throttle: ${JSON.stringify({ ...seen, seed: seed })}\n`);
    expect(seen.texts).toBeGreaterThan(2_000);
    expect(seen.restarts).toBeGreaterThan(20);
  });

  test('a counter of fixed spans does not hold', () => {
    expect(() => holds(naiveThrottle, { runs: 0, texts: 0, restarts: 0 }, 60)).toThrow(
      /Property failed/u,
    );
  });
});

test('a text waits only where a limit would be over', () => {
  let waited = 0;
  fc.assert(
    fc.property(steady, (steps) => {
      const needless: Weighed[] = [];
      const world: ThrottleWorld = new ThrottleWorld(temporaryFolder(), {
        ...ourThrottle,
        ask(db, text, now) {
          const told = ourThrottle.ask(db, text, now);
          if (told?.reason === 'throughput') waited += 1;
          if (told?.reason === 'throughput' && !isOverNow(world, text)) needless.push(text);
          return told;
        },
      });
      tell(world, steps);
      world.close();
      expect(needless).toEqual([]);
    }),
    { numRuns: 40, seed },
  );
  expect(waited).toBeGreaterThan(1_000);
});

describe('what is kept of the day for replies', () => {
  const of = (world: ThrottleWorld, purpose: 'reply' | 'marketing'): Weighed =>
    textOf(world, { kind: 'texts', line: 2, count: 1, segments: 1, isMms: false, purpose });

  test('is not used up by anything else, and replies may use all of it', () => {
    const world = new ThrottleWorld(temporaryFolder());
    world.spentBefore('BSOLO', 799, false);
    for (let each = 0; each < 3; each += 1) world.arrive(of(world, 'marketing'));
    expect(world.left).toHaveLength(1);
    expect(world.waiting.map(({ until }) => until)).toEqual([firstMidnight, firstMidnight]);
    for (let each = 0; each < 3; each += 1) world.arrive(of(world, 'reply'));
    expect(world.left).toHaveLength(4);
    world.close();
  });

  test('is no more than the day: replies end where it does', () => {
    const world = new ThrottleWorld(temporaryFolder());
    world.spentBefore('BSOLO', 999, true);
    world.arrive(of(world, 'reply'));
    world.arrive(of(world, 'reply'));
    expect(world.left).toHaveLength(1);
    expect(world.waiting[0]?.until).toBe(firstMidnight);
    world.close();
  });
});
