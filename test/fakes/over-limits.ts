import { pacificDay } from '#shared/throughput/pacific-day.ts';
import type { Weighed } from '#shared/throughput/weighed.ts';

import { type Left, type ThrottleWorld, connections, lineTable } from './throttle-world.ts';

type Rule = {
  readonly name: string;
  readonly limit: number;
  readonly within: number;
  readonly counts: (left: Left) => boolean;
  readonly cost: (left: Left) => number;
};

const one = (): number => 1;
const units = ({ text }: Left): number => (text.isMms ? 1 : Math.max(text.segments, 1));

/** Every limit of the world, written down from the tables of the carriers and not from the program's. */
function rulesOf({ lines }: ThrottleWorld): Rule[] {
  const inCampaign = (id: string) => (left: Left) =>
    lineTable[lines.findIndex((line) => line.id === left.text.lineId)]?.campaign === id;
  const on = (index: number, isMms: boolean) => (left: Left) =>
    left.text.connectionId === connections[index] && left.text.isMms === isMms;
  const tollFree = lines[3]?.id;
  const campaigns = ['CSMALL', 'CSOLO'].flatMap((id) => [
    {
      name: `${id} SMS`,
      limit: 75,
      within: 60_000,
      counts: both(inCampaign(id), false),
      cost: units,
    },
    {
      name: `${id} MMS`,
      limit: 50,
      within: 60_000,
      counts: both(inCampaign(id), true),
      cost: units,
    },
  ]);
  return [
    { name: 'first SMS', limit: 5, within: 1_000, counts: on(0, false), cost: one },
    { name: 'first MMS', limit: 1, within: 1_000, counts: on(0, true), cost: one },
    { name: 'second SMS', limit: 9, within: 1_000, counts: on(1, false), cost: one },
    { name: 'second MMS', limit: 1, within: 4_000, counts: on(1, true), cost: one },
    {
      name: 'toll-free',
      limit: 3,
      within: 1_000,
      counts: ({ text }) => text.lineId === tollFree && !text.isMms,
      cost: one,
    },
    ...campaigns,
  ];
}

const both = (counts: (left: Left) => boolean, isMms: boolean) => (left: Left) =>
  counts(left) && left.text.isMms === isMms;

/** Every span of every limit that held more than it may, by counting what left in each span that begins with a text. */
export function overSpans(world: ThrottleWorld): string[] {
  return rulesOf(world).flatMap((rule) => {
    const counted = world.left.filter(rule.counts);
    return counted.flatMap((first) => {
      const span = counted.filter(
        ({ passed }) => passed >= first.passed && passed < first.passed + rule.within,
      );
      const sum = span.reduce((total, left) => total + rule.cost(left), 0);
      return sum > rule.limit && span.length > 1 ? [`${rule.name}: ${sum} of ${rule.limit}`] : [];
    });
  });
}

/** Is there a limit that this text would now be over? Spans are taken a little longer, as the program does. */
export function isOverNow(world: ThrottleWorld, text: Weighed): boolean {
  const now: Left = { text, wall: 0, passed: world.passed };
  return rulesOf(world).some((rule) => {
    if (!rule.counts(now)) return false;
    const since = world.passed - rule.within * 1.003 - 1;
    const span = world.left.filter((left) => rule.counts(left) && left.passed > since);
    const sum = span.reduce((total, left) => total + rule.cost(left), rule.cost(now));
    return sum > rule.limit;
  });
}

/** Segments a brand's lines sent on each Pacific day: all, and what were no replies. */
export function daysOf({ left, lines }: ThrottleWorld, campaign: string) {
  const days = new Map<string, { all: number; others: number }>();
  for (const each of left) {
    const index = lines.findIndex((line) => line.id === each.text.lineId);
    if (lineTable[index]?.campaign !== campaign) continue;
    const day = days.get(pacificDay(each.wall)) ?? { all: 0, others: 0 };
    day.all += units(each);
    if (each.text.purpose !== 'reply') day.others += units(each);
    days.set(pacificDay(each.wall), day);
  }
  return days;
}
