import { describe, expect, test } from 'vitest';

import { findWhereabouts } from '#shared/compliance/find-whereabouts.ts';
import { findQuiet } from '#shared/compliance/judge-quiet.ts';
import { type Circumstances, type SendFacts, judge } from '#shared/compliance/judge.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const hour = 3_600_000;

/** A text to a number, at a moment. */
function facts(e164: string, at: string, more: Partial<Circumstances> = {}): SendFacts {
  const now = utc(at);
  return {
    text: 'Hello',
    mediaCount: 0,
    to: readNumber(e164),
    from: '+15550100001',
    maxTextUnits: 1_600,
    lineIsConnected: true,
    purpose: 'outreach',
    policy: { ...usualPolicy, quietHours: 'ask' },
    now,
    queuedAt: now,
    lastInboundAt: null,
    isToOurselves: false,
    isFirstText: false,
    where: findWhereabouts({ e164, zone: null, state: null }),
    ownZone: 'America/New_York',
    overruled: [],
    ...more,
  };
}

const bloomington = '+18125550142';
const seattle = '+12065550142';
const tollFree = '+18005550142';

describe('what an agent begins in the night of the recipient', () => {
  test('waits for eight in the morning there, in words that say how sure that is', () => {
    expect(judge(facts(bloomington, '2026-11-18T02:40'))).toEqual({
      kind: 'waits',
      reason: 'quiet-hours',
      until: utc('2026-11-18T14:00'),
      theirTime: '8:00 AM or 9:00 AM',
      because: 'It is 8:40 PM or 9:40 PM for them, presumed from area code 812 (IN).',
      cure: 'It leaves by itself at 8:00 AM or 9:00 AM their time.',
      who: 'agent',
    });
  });

  test('is judged by the zone of the contact where that is known, and says so', () => {
    const where = findWhereabouts({ e164: bloomington, zone: 'America/Denver', state: 'CO' });
    expect(judge(facts(bloomington, '2026-11-18T02:40', { where })).kind).toBe('allowed');
    expect(judge(facts(bloomington, '2026-11-18T04:30', { where }))).toMatchObject({
      because: 'It is 9:30 PM for them, by the time zone of the contact.',
      theirTime: '8:00 AM',
    });
  });

  test.each([
    ['the minute before their day', '2026-11-18T15:59', 'waits'],
    ['its first minute', '2026-11-18T16:00', 'allowed'],
    ['its last minute', '2026-11-19T04:59', 'allowed'],
    ['its end, which is exclusive', '2026-11-19T05:00', 'waits'],
  ])('%s', (_when, at, kind) => {
    expect(judge(facts('+15035550142', at)).kind).toBe(kind);
  });

  test('heeds what the state says: Washington closes at eight, Texas opens at noon on Sunday', () => {
    expect(judge(facts(seattle, '2026-11-19T03:59')).kind).toBe('allowed');
    expect(judge(facts(seattle, '2026-11-19T04:00'))).toMatchObject({
      theirTime: '8:00 AM',
      because: 'It is 8:00 PM for them, presumed from area code 206 (WA).',
    });
    expect(judge(facts('+12145550142', '2026-11-22T17:59'))).toMatchObject({
      until: utc('2026-11-22T18:00'),
      theirTime: '12:00 PM',
    });
  });

  test('names the day where that is not tomorrow: nothing reaches Alabama on a Sunday', () => {
    expect(judge(facts('+12055550142', '2026-11-22T02:30'))).toMatchObject({
      theirTime: 'Monday 8:00 AM',
    });
  });

  test.each([
    ['hold', 'waits', 'supervisor'],
    ['ask', 'waits', 'agent'],
    ['warn', 'allowed', undefined],
    ['off', 'allowed', undefined],
  ] as const)('with the policy %s', (quietHours, kind, who) => {
    const policy = { ...usualPolicy, quietHours };
    const verdict = judge(facts(seattle, '2026-11-18T10:00', { policy }));
    expect([verdict.kind, 'who' in verdict ? verdict.who : undefined]).toEqual([kind, who]);
  });
});

test('where the policy only warns, the agent is told before sending', () => {
  const asked = facts(seattle, '2026-11-18T10:00', { policy: usualPolicy });
  expect(findQuiet(asked).map(({ words }) => words)).toEqual([
    'It is 2:00 AM for them, presumed from area code 206 (WA). Send later offers 8:00 AM.',
  ]);
  expect(findQuiet(facts(seattle, '2026-11-18T20:00', { policy: usualPolicy }))).toEqual([]);
  expect(findQuiet(facts(seattle, '2026-11-18T10:00'))).toEqual([]);
});

const night = '2026-11-18T10:00';

describe('leaves in the night', () => {
  test.each([
    ['an answer within a day', { purpose: 'reply', lastInboundAt: utc(night) - 23 * hour }],
    ['what an agent takes up while it is live', { lastInboundAt: utc(night) - hour }],
    ['what the law has us answer', { purpose: 'legal' }],
    ['a text to a line of our own', { isToOurselves: true }],
    ['what somebody has overruled', { overruled: ['quiet-hours'] }],
    ['to where nobody has a clock', { where: null }],
  ] as [string, Partial<Circumstances>][])('%s', (_what, more) => {
    expect(judge(facts(seattle, night, more))).toEqual({ kind: 'allowed' });
  });

  test('what an agent begins with a number that tells no place', () => {
    expect(judge(facts(tollFree, night)).kind).toBe('allowed');
  });
});

describe('waits in the night', () => {
  test.each([
    [
      'an answer after the live conversation is over',
      seattle,
      { purpose: 'reply', lastInboundAt: utc(night) - 24 * hour },
      'agent',
    ],
    [
      'marketing, whatever the policy',
      seattle,
      { purpose: 'marketing', policy: { ...usualPolicy, quietHours: 'off' } },
      'nobody',
    ],
    [
      'marketing, overruled or not',
      seattle,
      { purpose: 'marketing', overruled: ['quiet-hours'] },
      'nobody',
    ],
    [
      'marketing within a live conversation',
      seattle,
      { purpose: 'marketing', lastInboundAt: utc(night) - hour },
      'nobody',
    ],
  ] as [string, string, Partial<Circumstances>, string][])('%s', (...given) => {
    const [, to, more, who] = given;
    expect(judge(facts(to, night, more))).toMatchObject({ reason: 'quiet-hours', who });
  });

  test('marketing to nobody knows where, until it is day from coast to coast', () => {
    const verdict = judge(facts(tollFree, '2026-11-18T15:30', { purpose: 'marketing' }));
    expect(verdict).toMatchObject({
      until: utc('2026-11-18T16:00'),
      theirTime: null,
      because: 'Where they are is not known, and it is not day from coast to coast.',
    });
  });
});
