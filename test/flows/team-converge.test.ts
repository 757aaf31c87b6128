import fc from 'fast-check';
import { expect, test } from 'vitest';

import { countUntold } from '#main/history/team-outbox.ts';
import { all } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { blankHistory } from '#test/fakes/team-desktop.ts';
import { bringTogether, doStep, rightly, steps } from '#test/fakes/team-steps.ts';
import { TeamWorld, agreedUpon, everything } from '#test/fakes/team-world.ts';

const seed = Number(process.env.TRUNKLINE_SEED ?? Date.now() % 1_000_000);
const runs = 500;

test(`desktops of a team come to the same, whatever happened in whatever order (seed ${seed}, ${runs} runs)`, async () => {
  const blank = blankHistory();
  const counts = { deliveries: 0, entries: 0, desktops: 0 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(2, 2, 3, 3, 4), steps(40), async (count, happened) => {
      const world = new TeamWorld(blank, count);
      try {
        for (const step of happened) await doStep(world, step, rightly);
        bringTogether(world);
        world.pull(world.join(), everything);
        const [first, ...others] = world.desktops.map(({ db }) => agreedUpon(db));
        for (const other of others) expect(other).toEqual(first);
        for (const { db, screen } of world.desktops) {
          expect(countUntold(db).waiting).toBe(0);
          const ids = all<{ id: number }>(db, sql`SELECT id FROM entries`).map(({ id }) => id);
          expect(ids).toEqual(expect.arrayContaining([...screen.keys()]));
        }
        counts.deliveries += world.log.length;
        counts.entries += world.desktops.at(-1)?.screen.size ?? 0;
        counts.desktops += world.desktops.length;
      } finally {
        world.close();
      }
    }),
    { seed, numRuns: runs },
  );
  console.info(`seed ${seed}: ${runs} runs, ${JSON.stringify(counts)}`);
  expect(counts.entries).toBeGreaterThan(runs);
}, 180_000);
