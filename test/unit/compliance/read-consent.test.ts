import { describe, expect, it } from 'vitest';

import { type ConsentReading, readConsent } from '#shared/compliance/read-consent.ts';

import { helps, likelyOptOuts, optIns, optOuts, ordinary } from '../../fixtures/consent-phrases.ts';

const table: readonly (readonly [ConsentReading['kind'], readonly string[]])[] = [
  ['opt-out', optOuts],
  ['likely-opt-out', likelyOptOuts],
  ['help', helps],
  ['opt-in', optIns],
  ['none', ordinary],
];

describe('reading what a reply says about consent', () => {
  for (const [kind, phrases] of table)
    describe(kind, () => {
      it.each(phrases.map((phrase) => [phrase]))('%s', (phrase) => {
        expect(readConsent(phrase).kind).toBe(kind);
      });
    });

  it('is held to at least 300 phrases, each once', () => {
    const all = table.flatMap(([, phrases]) => phrases);
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each([
    'you don’t take no for an answer, stop texting me',
    'I told you don’t stop by, stop texting me',
  ])('bug: a "don’t" about something else hid the wish in %j', (phrase) => {
    expect(readConsent(phrase).kind).toBe('likely-opt-out');
  });
});
