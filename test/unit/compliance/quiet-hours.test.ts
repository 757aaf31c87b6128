import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { findWhereabouts } from '#shared/compliance/find-whereabouts.ts';
import { isLegalHoliday } from '#shared/compliance/legal-holidays.ts';
import { localTimeAt, momentOf } from '#shared/compliance/local-clock.ts';
import { quietHoursTable } from '#shared/compliance/quiet-hours-table.ts';
import { judgeQuietHours } from '#shared/compliance/quiet-hours.ts';

const at = (iso: string): number => Date.parse(iso);
const judge = (e164: string, iso: string, contact: { zone?: string; state?: string } = {}) =>
  judgeQuietHours(
    at(iso),
    findWhereabouts({ e164, zone: contact.zone ?? null, state: contact.state ?? null }),
    quietHoursTable,
  );
const opensAt = (...asked: Parameters<typeof judge>): string | null => {
  const verdict = judge(...asked);
  return verdict.kind === 'quiet' ? new Date(verdict.opensAt).toISOString() : null;
};

const newYork = '+12125550100';
const phoenix = '+16025550100';
const indianapolis = '+13175550100';
const evansville = '+18125550100';
const pensacola = '+18505550100';
const boise = '+12085550100';

describe('quiet hours by the recipient’s clock', () => {
  it.each([
    ['20:59:59 is open', newYork, '2026-06-02T00:59:59.999Z', null],
    ['21:00 is not', newYork, '2026-06-02T01:00:00Z', '2026-06-02T12:00:00.000Z'],
    ['07:59 is not', newYork, '2026-06-02T11:59:59Z', '2026-06-02T12:00:00.000Z'],
    [
      'Arizona keeps no daylight time in summer',
      phoenix,
      '2026-07-01T14:30:00Z',
      '2026-07-01T15:00:00.000Z',
    ],
    ['nor in winter', phoenix, '2026-01-05T14:30:00Z', '2026-01-05T15:00:00.000Z'],
    ['Indianapolis goes with New York', indianapolis, '2026-07-01T12:00:00Z', null],
    [
      'south-west Indiana may be an hour behind',
      evansville,
      '2026-07-01T12:30:00Z',
      '2026-07-01T13:00:00.000Z',
    ],
    [
      'and closes with the earlier zone',
      evansville,
      '2026-07-02T01:00:00Z',
      '2026-07-02T13:00:00.000Z',
    ],
    [
      'western Florida: both zones, and Florida’s own hours',
      pensacola,
      '2026-07-02T00:30:00Z',
      '2026-07-02T13:00:00.000Z',
    ],
    ['Idaho spans two zones', boise, '2026-07-01T14:30:00Z', '2026-07-01T15:00:00.000Z'],
    [
      'toll-free: open from coast to coast only',
      '+18005550100',
      '2026-07-01T14:59:00Z',
      '2026-07-01T15:00:00.000Z',
    ],
    ['an unknown area code is like it', '+15555550100', '2026-07-01T15:00:00Z', null],
    [
      'Rhode Island on a Saturday afternoon',
      '+14015550100',
      '2026-06-06T21:00:00Z',
      '2026-06-08T13:00:00.000Z',
    ],
    [
      'Texas on a Sunday morning',
      '+12145550100',
      '2026-06-07T15:00:00Z',
      '2026-06-07T17:00:00.000Z',
    ],
    [
      'Alabama on the Fourth of July, a Saturday, and Sunday',
      '+12055550100',
      '2026-07-03T15:00:00Z',
      '2026-07-06T13:00:00.000Z',
    ],
  ])('%s', (...[, number, iso, opens]) => {
    expect(opensAt(number, iso)).toBe(opens);
  });

  it('follows the contact’s zone where a number was moved, and the stricter of both states', () => {
    const inDenver = { zone: 'America/Denver', state: 'CO' };
    expect(opensAt(newYork, '2026-06-02T01:30:00Z', inDenver)).toBeNull();
    const fromFlorida = '+13055550100';
    expect(opensAt(fromFlorida, '2026-06-02T02:30:00Z', inDenver)).toBe('2026-06-02T14:00:00.000Z');
    expect(findWhereabouts({ e164: newYork, ...inDenver }).certainty).toBe('contact');
    expect(findWhereabouts({ e164: newYork, zone: 'Mars/Olympus', state: null }).certainty).toBe(
      'area-code',
    );
    expect(findWhereabouts({ e164: '+18095550100', zone: null, state: null }).certainty).toBe(
      'unknown',
    );
  });

  it('goes by the wall clock on the nights the clock is put forward and back', () => {
    expect(opensAt(newYork, '2026-03-08T11:59:00Z')).toBe('2026-03-08T12:00:00.000Z');
    expect(opensAt(newYork, '2026-11-01T12:59:00Z')).toBe('2026-11-01T13:00:00.000Z');
  });

  it('says until when it is open', () => {
    const verdict = judge(newYork, '2026-06-01T15:00:00Z');
    expect(verdict).toEqual({ kind: 'open', until: at('2026-06-02T01:00:00Z') });
  });

  it('opens at a moment that is open, and was closed the minute before', () => {
    const numbers = [
      newYork,
      phoenix,
      evansville,
      pensacola,
      boise,
      '+18005550100',
      '+14015550100',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...numbers),
        fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') }),
        (e164, now) => {
          const where = findWhereabouts({ e164, zone: null, state: null });
          const verdict = judgeQuietHours(now, where, quietHoursTable);
          if (verdict.kind === 'open') return;
          expect(verdict.opensAt).toBeGreaterThan(now);
          expect(judgeQuietHours(verdict.opensAt, where, quietHoursTable).kind).toBe('open');
          expect(judgeQuietHours(verdict.opensAt - 60_000, where, quietHoursTable).kind).toBe(
            'quiet',
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('wall clocks', () => {
  const newYorkZone = 'America/New_York';

  it('takes the moment of the jump for a time the clock leaps over', () => {
    const leapt = momentOf({ year: 2026, month: 3, day: 8 }, 150, newYorkZone);
    expect(new Date(leapt).toISOString()).toBe('2026-03-08T07:00:00.000Z');
  });

  it('takes the first of an hour that comes twice', () => {
    const twice = momentOf({ year: 2026, month: 11, day: 1 }, 90, newYorkZone);
    expect(new Date(twice).toISOString()).toBe('2026-11-01T05:30:00.000Z');
  });

  it('knows half-hour and leapless zones', () => {
    expect(localTimeAt(at('2026-01-01T00:00:00Z'), 'America/St_Johns').minutes).toBe(20 * 60 + 30);
    expect(localTimeAt(at('2026-07-01T12:00:00Z'), 'Pacific/Honolulu').minutes).toBe(120);
  });

  it('comes back to the same wall clock from any minute of a year', () => {
    const zones = [
      'America/New_York',
      'America/Phoenix',
      'America/Adak',
      'America/St_Johns',
      'America/Regina',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 525_600 }),
        (zone, minute) => {
          const local = localTimeAt(at('2026-01-01T00:00:00Z') + minute * 60_000, zone);
          expect(localTimeAt(momentOf(local, local.minutes, zone), zone)).toEqual(local);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('legal holidays', () => {
  it.each([
    ['2026-01-01', true],
    ['2026-01-19', true],
    ['2026-02-16', true],
    ['2026-05-25', true],
    ['2026-05-18', false],
    ['2026-07-03', true],
    ['2026-07-04', true],
    ['2026-10-12', true],
    ['2026-11-26', true],
    ['2026-11-27', false],
    ['2027-12-24', true],
    ['2027-12-31', true],
    ['2028-01-01', true],
    ['2026-06-18', false],
  ])('%s: %s', (iso, expected) => {
    const [year = 0, month = 0, day = 0] = iso.split('-').map(Number);
    expect(isLegalHoliday({ year, month, day })).toBe(expected);
  });
});
