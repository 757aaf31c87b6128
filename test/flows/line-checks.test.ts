import { expect, it, vi } from 'vitest';

import type { CommandOutput } from '#shared/contract/contract.ts';
import type { LineId } from '#shared/message/line.ts';
import type { ThreadView } from '#shared/message/thread.ts';
import { PassingTime } from '#test/fakes/passing-time.ts';
import { RunningCore } from '#test/fakes/running-core.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const soon = { timeout: 40_000 };
const minute = 60_000;

async function lines({ caller }: RunningCore) {
  const [from, to] = (await caller.call('overview.get', {})).lines;
  if (from === undefined || to === undefined) throw new Error('the sandbox has two lines');
  return { from, to, route: { fromLineId: from.id, toLineId: to.id } };
}

type Checks = CommandOutput<'check.list'>;

const checks = ({ caller }: RunningCore): Promise<Checks> => caller.call('check.list', {});

const states = async (running: RunningCore): Promise<string[]> =>
  (await checks(running)).checks.map(({ state }) => state);

async function threads({ caller }: RunningCore, view: ThreadView) {
  const page = { view, lineId: null, after: null, limit: 50 } as const;
  return (await caller.call('threads.page', page)).threads;
}

/** The texts between a line and a number of ours. */
async function texts(running: RunningCore, lineId: LineId, peer: string): Promise<string[]> {
  const thread = (await threads(running, 'done')).find(
    (each) => each.lineId === lineId && each.peer === peer,
  );
  if (thread === undefined) return [];
  const about = { threadId: thread.id, before: null, limit: 50 };
  const { entries } = await running.caller.call('entries.page', about);
  return entries.map((entry) => (entry.kind === 'text' ? `${entry.direction} ${entry.text}` : ''));
}

it('goes from line to line by the ordinary road, is measured, and is news to nobody', async () => {
  using time = new PassingTime();
  await using running = await RunningCore.start(temporaryFolder(), time);
  const { from, to, route } = await lines(running);
  const { check } = await running.caller.call('check.now', route);
  expect(check).toMatchObject({ ...route, state: 'waiting' });
  await vi.waitFor(async () => expect(await states(running)).toEqual(['arrived']), soon);
  const [arrived] = (await checks(running)).checks;
  expect(arrived?.sentence).toMatch(
    /^Arrived by webhook after \d+\.\d s; taken by the carrier after \d+\.\d s$/,
  );
  expect(arrived?.arrivedAt).toBeGreaterThanOrEqual(arrived?.acceptedAt ?? Infinity);
  const words = expect.stringMatching(/^in Trunkline check [A-Z0-9]{6}$/);
  expect(await texts(running, to.id, from.number)).toEqual([words]);
  expect(await texts(running, from.id, to.number)).toHaveLength(1);
  for (const view of ['open', 'unread', 'unanswered'] as const)
    expect(await threads(running, view)).toEqual([]);
});

it('leaves a conversation that waits for an answer waiting, and other texts of our own unread', async () => {
  await using running = await RunningCore.start(temporaryFolder());
  const { from, to, route } = await lines(running);
  await running.caller.call('message.send', {
    uid: '01890000-0000-7000-8000-000000000001',
    target: { lineId: from.id, to: to.number },
    text: 'Please look at Trunkline check ABCDEF',
  });
  await vi.waitFor(async () => expect(await threads(running, 'unread')).toHaveLength(1), soon);
  await running.caller.call('check.now', route);
  await vi.waitFor(async () => expect(await states(running)).toEqual(['arrived']), soon);
  expect(await threads(running, 'unread')).toMatchObject([{ lineId: to.id, unread: 1 }]);
  expect(await threads(running, 'unanswered')).toHaveLength(1);
});

it('is sent once where it is asked for twice, and refused from a line to itself', async () => {
  await using running = await RunningCore.start(temporaryFolder());
  const { from, route } = await lines(running);
  const both = await Promise.all([1, 2].map(() => running.caller.call('check.now', route)));
  expect(both[1]?.check.id).toBe(both[0]?.check.id);
  const itself = { fromLineId: from.id, toLineId: from.id };
  await expect(running.caller.call('check.now', itself)).rejects.toMatchObject({
    failure: { code: 'refused', field: 'fromLineId' },
  });
});

it('goes by itself every so many hours, until it is told to stop', async () => {
  using time = new PassingTime();
  await using running = await RunningCore.start(temporaryFolder(), time);
  const { route } = await lines(running);
  const { caller } = running;
  await caller.call('check.plan', { ...route, everyHours: 6 });
  await vi.waitFor(async () => expect(await states(running)).toEqual(['arrived']), soon);
  time.skip(5 * 60 * minute);
  time.skip(61 * minute);
  await vi.waitFor(async () => expect(await states(running)).toEqual(['arrived', 'arrived']), soon);
  await caller.call('check.unplan', { toLineId: route.toLineId });
  expect((await checks(running)).plans).toEqual([]);
  await expect(caller.call('check.plan', { ...route, everyHours: 0 })).rejects.toThrow();
});

it('that cannot be sent says why at once', async () => {
  await using running = await RunningCore.start(temporaryFolder());
  const { from, route } = await lines(running);
  const { caller } = running;
  await caller.call('connection.change', { connectionId: from.connectionId, disabled: true });
  await caller.call('check.now', route);
  expect((await checks(running)).checks).toMatchObject([
    { state: 'not-sent', sentence: expect.stringContaining('Could not be sent from') },
  ]);
});
