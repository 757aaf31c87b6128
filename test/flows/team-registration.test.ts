import { expect, test } from 'vitest';

import { registrationHandlers } from '#main/commands/registration.ts';
import { listLines } from '#main/history/lines.ts';
import { readRegistrationBook } from '#main/history/registration-book.ts';
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

const handlersOf = ({ desk }: TeamDesktop) =>
  registrationHandlers({ ...desk, wakeOutbox: () => undefined } as never);

test('how a line is registered, and how fast it may send, holds on every desktop', async () => {
  const world = new TeamWorld(blankHistory(), 3);
  const [a, b, c] = world.desktops as [TeamDesktop, TeamDesktop, TeamDesktop];
  const handlers = handlersOf(a);
  const [line] = listLines(a.db);
  if (line === undefined) throw new Error('the team has a line');
  const brand = {
    id: 'BACME1',
    name: 'Acme',
    kind: 'standard',
    score: 60,
    replySlice: 20,
  } as const;
  await handlers['brand.save']({ brand, taxId: '12-3456789' });
  const campaign = { id: 'CACME1', brandId: 'BACME1', useCase: '', use: 'mixed' } as const;
  await handlers['campaign.save']({ campaign: { ...campaign, attClass: null } });
  const said = {
    lineId: line.id,
    state: 'registered',
    campaignId: 'CACME1',
    detail: null,
  } as const;
  await handlers['registration.set']({ line: said });
  const sms = { limit: 7, within: 1_000 };
  await handlers['throughput.set']({
    connectionId: line.connectionId,
    rates: { sms, mms: null },
  });
  await together(world);
  for (const { db } of [b, c]) expect(readRegistrationBook(db)).toEqual(readRegistrationBook(a.db));
  expect(readRegistrationBook(b.db)).toMatchObject({
    brands: [{ score: 60, hasTaxId: true }],
    lines: [{ state: 'registered', campaignId: 'CACME1' }],
  });
  // A later word of another desktop holds everywhere, its author's included.
  await handlersOf(b)['brand.save']({ brand: { ...brand, score: 90 } });
  await together(world);
  for (const { db } of [a, b, c])
    expect(readRegistrationBook(db).brands).toMatchObject([{ score: 90, hasTaxId: true }]);
});
