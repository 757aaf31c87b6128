import { expect, test } from 'vitest';

import { gateHandlers } from '#main/commands/gate.ts';
import { findPolicy } from '#main/history/line-policies.ts';
import { listLines } from '#main/history/lines.ts';
import { type LinePolicy, usualPolicy } from '#shared/compliance/line-policy.ts';
import { type TeamDesktop, blankHistory } from '#test/fakes/team-desktop.ts';
import { TeamWorld, everything } from '#test/fakes/team-world.ts';

async function together(world: TeamWorld): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    for (const each of world.desktops) {
      world.pull(each, everything);
      world.push(each, everything);
      await each.wake();
    }
}

const lineOf = ({ db }: TeamDesktop) => listLines(db)[0]!.id;
const policyOn = (desktop: TeamDesktop): LinePolicy => findPolicy(desktop.db, lineOf(desktop));

async function save(desktop: TeamDesktop, more: Partial<LinePolicy>): Promise<void> {
  const handlers = gateHandlers({ ...desktop.desk, wakeOutbox: () => undefined } as never);
  const policy = { ...usualPolicy, ...more };
  await handlers['policy.save']({ lineId: lineOf(desktop), policy });
}

test('what one desktop decides about a line holds on all', async () => {
  const world = new TeamWorld(blankHistory(), 3);
  const [a, b, c] = world.desktops as [TeamDesktop, TeamDesktop, TeamDesktop];
  await save(a, { quietHours: 'hold' });
  expect(policyOn(b).quietHours).toBe(usualPolicy.quietHours);
  await together(world);
  expect([a, b, c].map((each) => policyOn(each).quietHours)).toEqual(['hold', 'hold', 'hold']);
});

test('of two decisions the later in the log holds everywhere, whoever heard of it first', async () => {
  const world = new TeamWorld(blankHistory(), 3);
  const [a, b, c] = world.desktops as [TeamDesktop, TeamDesktop, TeamDesktop];
  await save(a, { liveHours: 1 });
  await save(b, { liveHours: 2 });
  world.push(b, everything);
  world.pull(a, everything);
  // Its own is on its way and will come later in the log, so it is not overruled meanwhile.
  expect(policyOn(a).liveHours).toBe(1);
  world.push(a, everything);
  await together(world);
  expect([a, b, c].map((each) => policyOn(each).liveHours)).toEqual([1, 1, 1]);
});
