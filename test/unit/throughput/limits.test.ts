import { describe, expect, test } from 'vitest';

import type { LineId } from '#shared/message/line.ts';
import { type LimitFacts, limitsOf } from '#shared/throughput/limits-of.ts';
import { endOfPacificDay, pacificDay } from '#shared/throughput/pacific-day.ts';
import type { Brand, Campaign } from '#shared/throughput/registration.ts';
import { earliestRoom, slotAfter } from '#shared/throughput/sliding-window.ts';
import { dayWords, roughly } from '#shared/throughput/throttle-words.ts';
import { throughputTablesSchema, usualTables } from '#shared/throughput/throughput-tables.ts';
import { attClassOf, tMobilePerDay } from '#shared/throughput/tiers.ts';

const brand = (more: Partial<Brand>): Brand => ({
  id: 'BACME1',
  name: 'Acme',
  kind: 'standard',
  score: null,
  hasTaxId: false,
  replySlice: 20,
  ...more,
});
const campaign = (more: Partial<Campaign> = {}): Campaign => ({
  id: 'CACME1',
  brandId: 'BACME1',
  useCase: '',
  use: 'mixed',
  attClass: null,
  ...more,
});

test('the tables are whole', () => {
  expect(throughputTablesSchema.parse(usualTables)).toEqual(usualTables);
});

describe('what a brand may send', () => {
  test.each([
    [brand({ score: 75 }), 200_000, 'B'],
    [brand({ score: 74 }), 40_000, 'D'],
    [brand({ score: 50 }), 40_000, 'D'],
    [brand({ score: 49 }), 10_000, 'F'],
    [brand({ score: 24 }), 2_000, 'F'],
    [brand({}), 2_000, 'F'],
    [brand({ kind: 'low-volume', score: 90 }), 2_000, 'F'],
    [brand({ kind: 'sole-proprietor' }), 1_000, 'W'],
    [brand({ kind: 'russell-3000' }), 200_000, 'B'],
    [brand({ kind: 'government' }), null, 'B'],
  ])('%o has %s segments a day at T-Mobile and class %s', (of, perDay, attClass) => {
    expect(tMobilePerDay(of, usualTables)).toBe(perDay);
    expect(attClassOf(campaign(), of, usualTables)).toBe(attClass);
  });

  test('a class that was told holds, and a declared purpose has its own', () => {
    expect(attClassOf(campaign({ attClass: 'K' }), brand({}), usualTables)).toBe('K');
    expect(attClassOf(campaign({ use: 'declared' }), brand({ score: 60 }), usualTables)).toBe('C');
    expect(attClassOf(campaign({ use: 'low-volume-mixed' }), brand({}), usualTables)).toBe('T');
  });
});

describe('the limits of a text', () => {
  const facts = (more: Partial<LimitFacts>): LimitFacts => ({
    connection: { id: 'c1', label: 'Acme', provider: 'nobody', set: null },
    line: { id: 1 as LineId, numberType: '10dlc' },
    campaign: campaign(),
    brand: brand({ score: 60 }),
    isMms: false,
    isDomestic: true,
    ...more,
  });
  const told = (more: Partial<LimitFacts>): string[] =>
    limitsOf(facts(more), usualTables).map(
      ({ of, rate: { limit, within } }) => `${of} ${limit} in ${within}`,
    );

  test('are those of the connection, the number and the campaign', () => {
    expect(told({})).toEqual([
      'connection 5 in 1000',
      'line 6000 in 60000',
      'campaign 2400 in 60000',
    ]);
    expect(told({ isMms: true })).toEqual([
      'connection 1 in 1000',
      'line 25 in 1000',
      'campaign 1200 in 60000',
    ]);
  });

  test('of a toll-free number and a short code are their own', () => {
    const line = { id: 1 as LineId };
    const none = { campaign: null, brand: null };
    expect(told({ ...none, line: { ...line, numberType: 'toll-free' } })[1]).toBe('line 3 in 1000');
    expect(told({ ...none, line: { ...line, numberType: 'short-code' } })[1]).toBe(
      'line 100 in 1000',
    );
  });

  test('of a class that counts each number stand on the line', () => {
    expect(told({ campaign: campaign({ attClass: 'G' }) })[2]).toBe('line 60 in 60000');
  });

  test('are none in the sandbox, and of AT&T none abroad', () => {
    const sandbox = { id: 'c1', label: 'Sandbox', provider: 'sandbox', set: null };
    expect(told({ connection: sandbox, campaign: null })).toEqual([]);
    expect(told({ isDomestic: false })).toHaveLength(2);
  });
});

describe('a span', () => {
  const rate = { limit: 3, within: 1_000 };
  const at = (...moments: number[]) => moments.map((each) => ({ at: each, cost: 1 }));

  test('has room again when what is too much has left it, and not a millisecond sooner', () => {
    expect(earliestRoom(rate, at(100, 200, 300), { cost: 1, now: 400 })).toBe(1_100);
    expect(earliestRoom(rate, at(100, 200, 300), { cost: 2, now: 400 })).toBe(1_200);
    expect(earliestRoom(rate, at(100, 200, 300), { cost: 1, now: 1_100 })).toBe(1_100);
  });

  test('lets what is larger than itself go when it is empty', () => {
    expect(earliestRoom(rate, at(100), { cost: 9, now: 400 })).toBe(1_100);
    expect(earliestRoom(rate, [], { cost: 9, now: 400 })).toBe(400);
  });

  test('counts what was sent in a time to come as sent now', () => {
    expect(earliestRoom(rate, at(9_000, 9_000, 9_000), { cost: 1, now: 400 })).toBe(1_400);
  });

  test('gives slots that rounding does not move', () => {
    const many = { limit: 75, within: 1_000 };
    let slot = Date.UTC(2026, 10, 21);
    const first = slot;
    for (let count = 0; count < 7_500; count += 1) slot = slotAfter(many, slot, 1);
    expect(Math.abs(slot - first - 100_500)).toBeLessThanOrEqual(14);
  });
});

describe('the Pacific day', () => {
  test.each([
    ['2026-11-22T07:59:59.999Z', '2026-11-21', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00.000Z', '2026-11-22', '2026-11-23T08:00:00.000Z'],
    // The clock goes back on this day, which has 25 hours, and forward on the other, which has 23.
    ['2026-11-01T07:00:00.000Z', '2026-11-01', '2026-11-02T08:00:00.000Z'],
    ['2026-03-08T08:00:00.000Z', '2026-03-08', '2026-03-09T07:00:00.000Z'],
  ])('at %s is %s and ends at %s', (moment, day, end) => {
    expect(pacificDay(Date.parse(moment))).toBe(day);
    expect(new Date(endOfPacificDay(Date.parse(moment))).toISOString()).toBe(end);
  });
});

describe('the words', () => {
  test('of a day that is used up say when it begins anew', () => {
    const cap = { perDay: 2_000, replySlice: 20, replies: 400, others: 1_600 };
    expect(dayWords('Acme', cap, 11_520_000)).toContain(
      'T-Mobile day of Acme used up: 2,000 of 2,000 segments, resets 00:00 PT (in 3 h 12 min).',
    );
    expect(dayWords('Acme', { ...cap, replies: 0 }, 60_000)).toContain(
      '1,600 of 2,000 segments used, the rest is kept for replies (400)',
    );
  });

  test.each([
    [10, 'a moment'],
    [840_000, '14 min'],
    [3_600_000, '1 h'],
  ])('%i ms are %s', (ms, words) => expect(roughly(ms)).toBe(words));
});
