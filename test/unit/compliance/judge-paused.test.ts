import { expect, test } from 'vitest';

import { type Circumstances, type SendFacts, judge } from '#shared/compliance/judge.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { mayOverrule } from '#shared/compliance/verdict.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const minute = 60_000;
const written = Date.parse('2026-11-18T15:00Z');

const facts = (more: Partial<Circumstances>): SendFacts => ({
  text: 'Hello',
  mediaCount: 0,
  to: readNumber('+12065550142'),
  from: '+15550100001',
  maxTextUnits: 1_600,
  lineIsConnected: true,
  purpose: 'reply',
  policy: usualPolicy,
  queuedAt: written,
  now: written + 16 * minute,
  lastInboundAt: written + 4 * minute,
  isToOurselves: false,
  isFirstText: false,
  where: null,
  ownZone: 'America/New_York',
  overruled: [],
  ...more,
});

test('a text that waited while the customer wrote asks its author, saying when they wrote', () => {
  expect(judge(facts({}))).toEqual({
    kind: 'waits',
    reason: 'paused',
    until: null,
    theirTime: null,
    because: 'They wrote at 10:04 AM, while this waited here.',
    cure: 'Read it, then send this anyway or cancel it.',
    who: 'agent',
  });
});

test.each([
  ['waited a quarter of an hour and no longer', { now: written + 15 * minute }],
  ['was written after theirs', { lastInboundAt: written - minute }],
  ['they never wrote', { lastInboundAt: null }],
  ['is marketing, whose author is not there', { purpose: 'marketing' }],
  ['is what the law has us answer', { purpose: 'legal' }],
] as [string, Partial<Circumstances>][])('it leaves where it %s', (_what, more) => {
  expect(judge(facts(more))).toEqual({ kind: 'allowed' });
});

test('of two waits the one with an end is told, and the other behind it', () => {
  const where = { zones: ['America/Los_Angeles'], states: ['WA'], certainty: 'contact' } as const;
  const now = Date.parse('2026-11-18T10:00Z');
  const policy = { ...usualPolicy, quietHours: 'ask' } as const;
  const [queuedAt, lastInboundAt] = [now - 30 * 60 * minute, now - 25 * 60 * minute];
  expect(judge(facts({ where, now, queuedAt, lastInboundAt, policy }))).toMatchObject({
    reason: 'quiet-hours',
    until: Date.parse('2026-11-18T16:00Z'),
    because:
      'It is 2:00 AM for them, by the time zone of the contact. They wrote at 4:00 AM, while this waited here.',
  });
});

test.each([
  ['quiet-hours', 'agent', true],
  ['paused', 'agent', true],
  ['quiet-hours', 'supervisor', false],
  ['quiet-hours', 'nobody', false],
  ['likely-opt-out', 'agent', false],
  ['opt-in-awaited', 'customer', false],
  ['throughput', 'nobody', false],
  ['daily-cap', 'nobody', false],
] as const)('a wait of %s that is the %s’s: may the agent overrule it? %s', (...given) => {
  const [reason, who, may] = given;
  expect(mayOverrule({ reason, who })).toBe(may);
});
