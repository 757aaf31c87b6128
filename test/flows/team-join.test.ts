import { describe, expect, it } from 'vitest';

import type { Team } from '#shared/contract/team-commands.ts';
import { TeamLab } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

describe('a team of desktops', () => {
  it('has what came in through the relay on every desktop, in order', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const before = await lab.receive(40);
    const sam = await lab.desktop('Sam');
    const after = await lab.receive(40);
    for (const desktop of [kim, sam]) {
      await until(() => desktop.texts().length >= 80);
      expect(desktop.texts()).toEqual([...before, ...after]);
    }
    await until(async () => (await sam.team()).state === 'connected');
    const team = await sam.team();
    expect(team).toMatchObject({
      workspace: 'main',
      name: 'Sam',
      lag: 0,
      waiting: 0,
      refused: null,
    });
    expect(team.members.map(({ name, online }) => [name, online])).toEqual([
      ['Kim', true],
      ['Sam', true],
    ]);
  });

  it('tells the screens how it stands: in words, with what is behind, and why it stopped', async () => {
    const lab = await TeamLab.start();
    const kim = await lab.desktop('Kim');
    const { caller } = kim.core;
    const told: Team[] = [];
    caller.on('team.changed', ({ team }) => void told.push(team));
    const health = async () => (await caller.call('overview.get', {})).health.team;
    await until(async () => (await health())?.state === 'connected');
    expect(await health()).toEqual({
      state: 'connected',
      sentence: 'Connected to the team’s relay',
      lag: 0,
    });
    await lab.stopRelay();
    await until(async () => (await health())?.state === 'connecting');
    expect((await health())?.sentence).toMatch(/^The relay .* Trunkline tries again by itself\.$/);
    await lab.startRelay();
    await until(async () => (await health())?.state === 'connected');
    lab.revoke((await kim.team()).desktop ?? '');
    await until(async () => (await health())?.state === 'stopped');
    expect((await health())?.sentence).toBe(
      'This desktop was taken off the team’s list. Ask for a new code, leave the team and join it again.',
    );
    await until(() => told.at(-1)?.state === 'stopped');
    expect(told.map(({ state }) => state)).toContain('connecting');
    expect(told.at(-1)?.members).toMatchObject([{ name: 'Kim', online: false }]);
    await caller.call('team.leave', {});
    expect(await health()).toBeNull();
  });
});
