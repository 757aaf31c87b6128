import { expect, onTestFinished, test } from 'vitest';

import { costHandlers } from '#main/commands/costs.ts';
import type { Desk } from '#main/commands/desk.ts';
import { listRates } from '#main/history/rate-cards.ts';
import { listNext, markRefused } from '#main/history/team-outbox.ts';
import { type RateCard, usualRateCard } from '#shared/pricing/rate-card.ts';
import { type TeamDesktop, blankHistory, teamConnection } from '#test/fakes/team-desktop.ts';
import { TeamWorld, everything } from '#test/fakes/team-world.ts';

const usual = usualRateCard('fake');
const at = (segment: number): RateCard => ({
  ...usual,
  rates: { ...usual.rates, segment: [segment, segment] },
});

function world() {
  const made = new TeamWorld(blankHistory(), 2);
  onTestFinished(() => made.close());
  const [a, b] = made.desktops;
  if (a === undefined || b === undefined) throw new Error('two desktops at least');
  return { made, a, b };
}

const set = (desktop: TeamDesktop, card: RateCard | null): unknown =>
  costHandlers(desktop.desk as unknown as Desk)['rates.save']({
    connectionId: teamConnection,
    card,
  });

const segmentOf = (desktop: TeamDesktop): number | undefined =>
  listRates(desktop.db).find(({ connectionId }) => connectionId === teamConnection)?.card.rates
    .segment[0];

test('rates that one desktop sets all see, and one that joins last', () => {
  const { made, a, b } = world();
  set(a, at(7_000));
  made.push(a, everything);
  const late = made.join();
  for (const each of [a, b, late]) made.pull(each, everything);
  expect([a, b, late].map(segmentOf)).toEqual([7_000, 7_000, 7_000]);
  set(b, null);
  made.push(b, everything);
  for (const each of [a, b, late]) made.pull(each, everything);
  expect([a, b, late].map(segmentOf)).toEqual(Array(3).fill(usual.rates.segment[0]));
});

test.each([
  ['a', 2_000],
  ['b', 1_000],
] as const)(
  'of two set at once the one told last holds, here that of %s’s rival',
  (first, last) => {
    const { made, a, b } = world();
    set(a, at(1_000));
    set(b, at(2_000));
    const order = first === 'a' ? [a, b] : [b, a];
    for (const each of order) {
      made.push(each, everything);
      made.pull(each, everything);
    }
    // Whoever's are still on their way keeps them, whatever came before them in the log.
    expect(segmentOf(order[1] as TeamDesktop)).toBe(last);
    for (const each of order) made.pull(each, everything);
    expect([a, b].map(segmentOf)).toEqual([last, last]);
  },
);

test('rates that the relay refused overrule nobody’s', () => {
  const { made, a, b } = world();
  set(a, at(1_000));
  const [mine] = listNext(a.db, 1);
  markRefused(a.db, mine?.id ?? 0, 'No.');
  set(b, at(2_000));
  made.push(b, everything);
  made.pull(a, everything);
  expect(segmentOf(a)).toBe(2_000);
});
