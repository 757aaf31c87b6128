import fc from 'fast-check';
import { expect, test } from 'vitest';

import { agreeAtLast, nothingYet, someDesktops, watched } from '#test/fakes/team-agreement.ts';
import { blankHistory } from '#test/fakes/team-desktop.ts';
import { rightly, steps } from '#test/fakes/team-steps.ts';

const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);
const runs = 500;

test(`desktops of a team come to the same, whatever happened in whatever order (seed ${seed}, ${runs} runs)`, async () => {
  const blank = blankHistory();
  const counts = nothingYet();
  const taking = watched(rightly);
  const property = fc.asyncProperty(someDesktops, steps(40), (count, happened) =>
    agreeAtLast(blank, { count, steps: happened }, { taking, counts }),
  );
  await fc.assert(property, { seed, numRuns: runs });
  process.stdout.write(`team: seed ${seed}, ${runs} runs, ${JSON.stringify(counts)}\n`);
  expect(counts.entries).toBeGreaterThan(runs);
  expect(counts.joined).toBeGreaterThan(runs / 10);
}, 180_000);
