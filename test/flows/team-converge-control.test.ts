import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  agreeAtLast,
  byArrival,
  nothingYet,
  someDesktops,
  watched,
  withoutPending,
} from '#test/fakes/team-agreement.ts';
import { blankHistory } from '#test/fakes/team-desktop.ts';
import { type Taking, steps } from '#test/fakes/team-steps.ts';

const seed = Number(process.env['TRUNKLINE_SEED'] ?? Date.now() % 1_000_000);

/** Does the property that holds for desktops as they are break for desktops that take in so? */
async function breaks(taking: Taking): Promise<boolean> {
  const blank = blankHistory();
  const counts = nothingYet();
  const property = fc.asyncProperty(someDesktops, steps(40), (count, happened) =>
    agreeAtLast(blank, { count, steps: happened }, { taking, counts }),
  );
  const { failed, numRuns } = await fc.check(property, { seed, numRuns: 300, endOnFailure: true });
  process.stdout.write(
    `control: seed ${seed}, ${failed ? 'broken' : 'held'} after ${numRuns} runs\n`,
  );
  return failed;
}

test('a control that heeds no order of the log ends with desktops that disagree', async () => {
  expect(await breaks(byArrival)).toBe(true);
}, 180_000);

test('a control without the rule of pending deeds shows a person what others did before', async () => {
  expect(await breaks(watched(withoutPending))).toBe(true);
}, 180_000);
