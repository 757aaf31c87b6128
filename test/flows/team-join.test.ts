import { describe, expect, it } from 'vitest';

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
});
