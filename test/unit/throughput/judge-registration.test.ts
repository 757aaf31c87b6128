import { describe, expect, test } from 'vitest';

import {
  type RegistrationFacts,
  findRegistration,
  judgeRegistration,
} from '#shared/compliance/judge-registration.ts';
import type { SendFacts } from '#shared/compliance/judge.ts';
import { usualPolicy } from '#shared/compliance/line-policy.ts';
import { readNumber } from '#shared/phone/read-number.ts';

const facts = (
  registration: Partial<RegistrationFacts>,
  more: Partial<SendFacts> = {},
): SendFacts => ({
  text: 'Hello',
  mediaCount: 0,
  to: readNumber('+12065550100'),
  from: '+12065550142',
  maxTextUnits: 1_600,
  lineIsConnected: true,
  policy: usualPolicy,
  purpose: 'outreach',
  registration: { numberType: '10dlc', state: 'unregistered', isDomestic: true, ...registration },
  ...more,
});
const isRefused = (of: SendFacts): boolean => judgeRegistration(of)?.kind === 'refused';

describe('a number that carriers block', () => {
  test.each(['unregistered', 'pending', 'rejected'] as const)(
    '%s is refused, with why',
    (state) => {
      expect(judgeRegistration(facts({ state }))).toMatchObject({
        field: 'line',
        who: 'supervisor',
        because: expect.stringContaining('since 1 February 2025') as unknown,
      });
      expect(judgeRegistration(facts({ state, numberType: 'toll-free' }))).toMatchObject({
        because: expect.stringContaining('since 31 January 2024') as unknown,
      });
    },
  );

  test('is only warned of where the line’s owner says so', () => {
    const warned = facts({}, { policy: { ...usualPolicy, registration: 'warn' } });
    expect(isRefused(warned)).toBe(false);
    expect(findRegistration(warned)).toHaveLength(1);
    expect(findRegistration(facts({}))).toEqual([]);
  });
});

describe('a number of which nobody told', () => {
  test('is warned of to whoever begins a conversation, and not in an answer', () => {
    expect(isRefused(facts({ state: 'unknown' }))).toBe(false);
    expect(findRegistration(facts({ state: 'unknown' }))).toHaveLength(1);
    expect(findRegistration(facts({ state: 'unknown' }, { purpose: 'reply' }))).toEqual([]);
  });
});

test('nothing is said of what is registered, need not be, goes abroad, or to ourselves', () => {
  const fine = [
    facts({ state: 'registered' }),
    facts({ numberType: 'short-code' }),
    facts({ numberType: 'other' }),
    facts({ isDomestic: false }),
    facts({}, { isToOurselves: true }),
  ];
  for (const each of fine) {
    expect(isRefused(each)).toBe(false);
    expect(findRegistration(each)).toEqual([]);
  }
});
