import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ConsentEvent } from '#shared/compliance/consent-event.ts';
import { consentState, likelyOptOutAfter } from '#shared/compliance/consent-state.ts';

const now = Date.UTC(2026, 4, 3);
let made = 0;

const event = (kind: ConsentEvent['kind'], more: Partial<ConsentEvent> = {}): ConsentEvent => {
  made += 1;
  return {
    uid: `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    number: '+15550100100',
    kind,
    source: 'keyword',
    who: 'customer',
    by: null,
    scope: { kind: 'all' },
    evidence: {},
    at: now + made,
    ...more,
  };
};
const agent = (kind: ConsentEvent['kind'], more: Partial<ConsentEvent> = {}) =>
  event(kind, { who: 'agent', source: 'agent', ...more });
const stop = () => event('opt-out', { evidence: { words: 'STOP', keyword: 'stop' } });
const said = (keyword: string) => event('opt-in', { evidence: { words: keyword, keyword } });
const imported = () => event('express', { who: 'agent', source: 'import' });
const likely = () => event('likely-opt-out', { source: 'free-text', evidence: { words: 'off' } });

const after = (...events: ConsentEvent[]) => consentState(events, { now: now + 1_000_000 });
const outBy = (...events: ConsentEvent[]) => after(...events).optedOut?.who ?? null;

describe('who may give consent back', () => {
  test.each<[string, () => ConsentEvent[], 'customer' | 'agent' | null]>([
    ['a STOP', () => [stop()], 'customer'],
    ['a STOP, and an agent undoes it', () => [stop(), agent('undo')], 'customer'],
    ['a STOP, and an agent says it is none', () => [stop(), agent('not-opt-out')], 'customer'],
    ['a STOP, and a list is read in once more', () => [stop(), imported()], 'customer'],
    ['a STOP, and word of mouth', () => [stop(), agent('express')], 'customer'],
    ['a STOP, START', () => [stop(), said('start')], null],
    ['a STOP, YES', () => [stop(), said('yes')], null],
    ['START, then STOP', () => [said('start'), stop()], 'customer'],
    ['an agent', () => [agent('opt-out')], 'agent'],
    ['an agent, undone', () => [agent('opt-out'), agent('undo')], null],
    ['an agent, and START', () => [agent('opt-out'), said('start')], null],
    [
      'an agent, then STOP, and the agent undoes',
      () => [agent('opt-out'), stop(), agent('undo')],
      'customer',
    ],
    ['a carrier', () => [event('opt-out', { who: 'carrier', source: 'carrier' })], 'customer'],
    [
      'a carrier, and an agent undoes it',
      () => [event('opt-out', { who: 'carrier', source: 'carrier' }), agent('undo')],
      'customer',
    ],
    [
      'a block list',
      () => [event('opt-out', { who: 'carrier', source: 'block-list' })],
      'customer',
    ],
  ])('%s', (_name, events, who) => {
    expect(outBy(...events())).toBe(who);
  });
});

describe('consent', () => {
  test('of a list read in after a STOP is worth nothing, not even after START', () => {
    const written = event('express-written', { who: 'agent', source: 'import' });
    const again = event('express-written', { who: 'agent', source: 'import' });
    expect(after(written).consent?.kind).toBe('express-written');
    expect(after(written, stop(), again, said('start')).consent?.kind).toBe('opt-in');
  });

  test('is the strongest there is', () => {
    const written = event('express-written', { who: 'agent', source: 'form' });
    expect(after(written, imported()).consent).toBe(written);
  });

  test('by "yes" counts only for who is opted out or was asked', () => {
    expect(after(said('yes')).consent).toBeNull();
    expect(after(agent('asked'), said('yes')).consent?.kind).toBe('opt-in');
    expect(after(agent('asked')).asked).not.toBeNull();
  });

  test('as of a moment knows nothing of later', () => {
    const events = [said('start'), stop()];
    expect(consentState(events, { now, asOf: events[0]!.at }).optedOut).toBeNull();
    expect(consentState(events, { now, asOf: events[1]!.at }).optedOut).not.toBeNull();
  });

  test('of one line says nothing of another', () => {
    const narrow = { ...stop(), scope: { kind: 'line', of: '+15550100001' } as const };
    const on = (line: string) => consentState([narrow], { now: now + 1_000, place: { line } });
    expect(on('+15550100001').optedOut).not.toBeNull();
    expect(on('+15550100002').optedOut).toBeNull();
  });
});

describe('a likely opt-out', () => {
  test('waits for a person for a day, and then counts, until an agent says otherwise', () => {
    const maybe = likely();
    const at = (ms: number, ...more: ConsentEvent[]) =>
      consentState([maybe, ...more], { now: maybe.at + ms });
    expect(at(likelyOptOutAfter - 1)).toMatchObject({ likely: maybe, optedOut: null });
    expect(at(likelyOptOutAfter)).toMatchObject({
      likely: null,
      optedOut: { who: 'agent', byLikelihood: true },
    });
    const late = agent('not-opt-out', { at: maybe.at + likelyOptOutAfter + 1 });
    expect(at(likelyOptOutAfter + 2, late).optedOut).toBeNull();
  });

  test('that an agent confirmed is not taken back by saying it was none', () => {
    expect(outBy(likely(), agent('opt-out'), agent('not-opt-out'))).toBe('agent');
  });
});

test('the order in which events are heard changes nothing (500 orders)', () => {
  const events = [stop(), said('start'), agent('opt-out'), agent('undo'), likely(), imported()];
  const sameTime = events.map((each) => ({ ...each, at: now }));
  const shuffled = fc.shuffledSubarray(sameTime, { minLength: sameTime.length });
  fc.assert(
    fc.property(shuffled, (heard) => {
      expect(after(...heard)).toEqual(after(...sameTime));
    }),
    { numRuns: 500 },
  );
});
