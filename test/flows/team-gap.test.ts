import path from 'node:path';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { type TeamDesktop, TeamLab } from '#test/fakes/team-lab.ts';
import { until } from '#test/fakes/until.ts';

/** Takes one delivery out of the log of a relay that is not running. */
function lose({ folder }: TeamLab, text: string): void {
  const db = new Database(path.join(folder, 'relay.db'));
  const { changes } = db
    .prepare('DELETE FROM delivery WHERE instr(CAST(body AS TEXT), ?) > 0')
    .run(`"${text}"`);
  db.close();
  expect(changes).toBe(1);
}

async function gapsOf({ core }: TeamDesktop): Promise<string[]> {
  const { gaps } = await core.caller.call('gaps.list', {});
  return gaps.map(({ sentence }) => sentence);
}

it('a hole in the relay’s log is noticed by a desktop of the team', async () => {
  const lab = await TeamLab.start();
  const kim = await lab.desktop('Kim');
  const before = await lab.receive(2);
  await until(() => kim.texts().length === 2);
  expect(await gapsOf(kim)).toEqual([]);
  await kim.stop();
  const [third = '', lost = '', fifth = ''] = await lab.receive(3);
  await lab.stopRelay();
  lose(lab, lost);
  await lab.startRelay();
  const again = await lab.desktop('not used', { folder: kim.folder });
  await until(() => again.texts().length === 4);
  expect(again.texts()).toEqual([...before, third, fifth]);
  expect(await gapsOf(again)).toEqual([
    '1 text or call to Front desk is missing; the carrier’s list is being read',
  ]);
});
