import { describe, expect, test } from 'vitest';

import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { consentState, likelyOptOutAfter } from '#shared/compliance/consent-state.ts';
import { type ConsentFacts, findConsent, judgeConsent } from '#shared/compliance/judge-consent.ts';
import type { LinePolicy } from '#shared/compliance/line-policy.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';

const now = Date.UTC(2026, 4, 3);
const event = (kind: ConsentEvent['kind'], who: ConsentEvent['who']): ConsentEvent => ({
  uid: '00000000-0000-7000-8000-000000000001',
  number: '+15550100100',
  kind,
  source: who === 'customer' ? 'keyword' : 'agent',
  who,
  by: null,
  scope: { kind: 'all' },
  evidence: kind === 'opt-in' ? { keyword: 'start' } : { words: 'stop' },
  at: now,
});

const stop = event('opt-out', 'customer');
const byAgent = event('opt-out', 'agent');
const likely = event('likely-opt-out', 'customer');
const asked = event('asked', 'agent');
const verbal = event('express', 'agent');
const written = event('express-written', 'agent');
const start = event('opt-in', 'customer');

type Row = {
  events?: ConsentEvent[];
  purpose?: Purpose;
  firstText?: LinePolicy['firstText'];
  hasWritten?: boolean;
  wasTexted?: boolean;
};

function factsOf({ events = [], purpose = 'outreach', firstText = 'warn', ...more }: Row) {
  const consent: ConsentFacts = {
    state: consentState(events, { now }),
    hasWritten: false,
    wasTexted: false,
    ...more,
  };
  return { consent, purpose, policy: { firstText }, text: 'Hello' };
}

const verdictOf = (row: Row): string => {
  const objection = judgeConsent(factsOf(row));
  if (objection === null) return 'allowed';
  return objection.kind === 'waits' ? `waits: ${objection.reason}` : `refused: ${objection.who}`;
};

describe('consent allows', () => {
  test.each<[Row, string]>([
    [{ events: [stop] }, 'refused: customer'],
    [{ events: [stop], purpose: 'reply', hasWritten: true }, 'refused: customer'],
    [{ events: [stop], purpose: 'marketing' }, 'refused: customer'],
    [{ events: [stop], purpose: 'legal' }, 'allowed'],
    [{ events: [byAgent] }, 'refused: agent'],
    [{ events: [event('opt-out', 'carrier')] }, 'refused: customer'],
    [{ events: [likely], hasWritten: true, purpose: 'reply' }, 'waits: likely-opt-out'],
    [{ events: [likely], purpose: 'legal' }, 'allowed'],
    [{}, 'allowed'],
    [{ firstText: 'forbid' }, 'refused: supervisor'],
    [{ firstText: 'forbid', events: [verbal] }, 'allowed'],
    [{ firstText: 'forbid', hasWritten: true }, 'allowed'],
    [{ firstText: 'forbid', wasTexted: true }, 'allowed'],
    [{ firstText: 'ask' }, 'waits: opt-in-awaited'],
    [{ firstText: 'ask', events: [asked], wasTexted: true }, 'waits: opt-in-awaited'],
    [{ firstText: 'ask', events: [asked], hasWritten: true, purpose: 'reply' }, 'allowed'],
    [{ firstText: 'ask', events: [verbal] }, 'allowed'],
    [{ purpose: 'marketing', hasWritten: true }, 'refused: agent'],
    [{ purpose: 'marketing', events: [verbal] }, 'refused: agent'],
    [{ purpose: 'marketing', events: [start] }, 'refused: agent'],
    [{ purpose: 'marketing', events: [written] }, 'allowed'],
  ])('%j: %s', (row, verdict) => {
    expect(verdictOf(row)).toBe(verdict);
  });

  test('nothing and forbids nothing where it is not known', () => {
    expect(judgeConsent({ purpose: 'outreach' })).toBeNull();
  });
});

test('a likely opt-out says until when it waits', () => {
  expect(judgeConsent(factsOf({ events: [likely] }))).toMatchObject({
    until: now + likelyOptOutAfter,
    who: 'agent',
  });
});

test('a first text without consent is warned of where the line says so, and nothing else is', () => {
  expect(findConsent(factsOf({}))).toMatchObject([{ words: 'No consent on file.' }]);
  for (const row of [{ events: [verbal] }, { hasWritten: true }, { firstText: 'ask' } as const])
    expect(findConsent(factsOf(row))).toEqual([]);
});
