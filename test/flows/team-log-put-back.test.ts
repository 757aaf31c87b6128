import { randomUUID } from 'node:crypto';

import { expect, it, onTestFinished } from 'vitest';

import { TeamLog } from '#main/core/team/follow-team-log.ts';
import { moveCursor } from '#main/history/deliveries-seen.ts';
import { joinTeam, leaveTeam } from '#main/history/team.ts';
import { findLastIn, findThread } from '#main/history/threads.ts';
import { ManualClock, settle } from '#test/fakes/manual-clock.ts';
import { blankHistory, teamConnection, teamLine, teamLog } from '#test/fakes/team-desktop.ts';
import { TeamWorld, everything, threadsOf } from '#test/fakes/team-world.ts';

/** Two desktops that took in three texts of one conversation; and its id on the first. */
function worldOfThree() {
  const world = new TeamWorld(blankHistory(), 2);
  onTestFinished(() => world.close());
  for (let nth = 0; nth < 3; nth += 1) world.hook(world.textIn(world.peer(0)));
  const [first] = world.desktops;
  if (first === undefined) throw new Error('there is no desktop');
  world.pull(first, everything);
  const threadId = threadsOf(first)[0]?.id;
  if (threadId === undefined) throw new Error('there is no conversation');
  return { world, first, threadId };
}

/** The relay puts back a log that ends after this number. */
async function putBack({ world, first }: ReturnType<typeof worldOfThree>, lastSeq: number) {
  world.log.splice(lastSeq);
  const log = new TeamLog({
    db: first.db,
    clock: new ManualClock(),
    take: () => ({ stop: () => Promise.resolve() }),
    onGap: () => undefined,
    ready: () => Promise.resolve(),
    onCommitted: () => undefined,
    onFailure: (error) => expect.fail(String(error)),
  });
  const welcome = { type: 'welcome', desktop: first.id, workspace: 'main', log: teamLog } as const;
  log.begin({ ...welcome, after: 0, lastSeq, reset: 'ahead' });
  await settle();
  await log.stop();
}

const done = (world: TeamWorld, after: number): void => {
  const place = { connectionId: teamConnection, line: teamLine, peer: world.peer(0) };
  const event = { kind: 'thread-done', id: randomUUID(), at: 1, place, done: true, after };
  const head = { provider: 'trunkline', connectionId: 'desk-b', method: 'TEAM', url: '' };
  const body = Buffer.from(JSON.stringify(event));
  world.log.push({ seq: world.log.length + 1, raw: { ...head, headers: {}, body, receivedAt: 1 } });
};

it('after an older log was put back, a conversation can be marked done by who saw all that is in it', async () => {
  const told = worldOfThree();
  await putBack(told, 1);
  const { world, first, threadId } = told;
  done(world, 1);
  world.pull(first, everything);
  expect(findThread(first.db, threadId)?.done).toBe(true);
});

it('after an older log was put back, news that is still in it keeps a conversation open', async () => {
  const told = worldOfThree();
  await putBack(told, 2);
  const { world, first, threadId } = told;
  done(world, 1);
  world.pull(first, everything);
  expect(findThread(first.db, threadId)?.done).toBe(false);
  expect(findLastIn(first.db, threadId)).toBe(2);
});

it('what a team’s log had come to says nothing after leaving it', () => {
  const { first, threadId } = worldOfThree();
  leaveTeam(first.db);
  moveCursor(first.db, 'log-2', 0);
  const joined = { address: '', relay: 'r2', workspace: 'main', joinedAt: 2 };
  joinTeam(first.db, { ...joined, desktop: 'desk-a2', name: 'A' });
  expect(findLastIn(first.db, threadId)).toBe(0);
});
