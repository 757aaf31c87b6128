import fc from 'fast-check';
import { expect, it } from 'vitest';

import { localTimeAt } from '#shared/compliance/local-clock.ts';
import { readWhen } from '#shared/schedule/read-when.ts';
import { whenWords } from '#shared/schedule/when-words.ts';

const now = Date.parse('2026-11-21T16:15:00Z');
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Phoenix',
  'America/Indiana/Indianapolis',
  'America/St_Johns',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];
const zone = fc.constantFrom(...zones);
const aMinute = fc.integer({ min: 1, max: 364 * 1_440 }).map((minutes) => now + minutes * 60_000);

const two = (value: number): string => String(value).padStart(2, '0');

it('shows on their clock what was written, or says why it cannot', () => {
  let odd = 0;
  fc.assert(
    fc.property(aMinute, zone, zone, (at, theirs, ours) => {
      const { year, month, day, minutes } = localTimeAt(at, theirs);
      const written = `${year}-${two(month)}-${two(day)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
      const when = readWhen(written, { now, theirs, ours });
      if (when.kind === 'unclear') {
        // Only the hour that comes twice may lie behind us by its first coming.
        expect(at - now).toBeLessThanOrEqual(3_600_000);
        return;
      }
      if (when.at !== at) {
        odd += 1;
        expect(when.notes.join(' ')).toContain('comes twice');
      }
      expect(localTimeAt(when.at, theirs)).toEqual(localTimeAt(at, theirs));
      expect(when.at).toBeGreaterThan(now);
    }),
    { numRuns: 2_000, seed: 90 },
  );
  expect(odd).toBeLessThan(20);
});

it('takes any words without an error, and never means the past', () => {
  const word = fc.constantFrom(
    'tomorrow',
    'mon',
    'in',
    '2',
    '8am',
    '24:00',
    'dec',
    '31',
    '9999-99-99',
    '/',
    'next',
    '29 feb',
    '-',
    'their time',
  );
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(word).map((all) => all.join(' ')),
  );
  fc.assert(
    fc.property(words, zone, zone, (input, theirs, ours) => {
      const when = readWhen(input, { now, theirs, ours });
      if (when.kind === 'unclear') expect(when.cure).toMatch(/\.$/u);
      else {
        expect(when.at).toBeGreaterThan(now);
        expect(whenWords(when.at, { now, theirs, ours })).toMatch(/ [AP]M/u);
      }
    }),
    { numRuns: 3_000, seed: 91 },
  );
});
