import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { readTime } from '#shared/provider/read-time.ts';

test.each([
  ['2026-01-06T15:00:59.00Z', '2026-01-06T15:00:59.000Z'],
  ['2026-01-06T15:00:59Z', '2026-01-06T15:00:59.000Z'],
  ['2026-01-06 20:30:59+05:30', '2026-01-06T15:00:59.000Z'],
  ['2024-08-21 18:28:49.244057+05:30', '2024-08-21T12:58:49.244Z'],
  ['2026-01-06 09:00:59-0600', '2026-01-06T15:00:59.000Z'],
  ['2026-01-06 09:00:59-06', '2026-01-06T15:00:59.000Z'],
  ['2026-01-06 15:00:59', '2026-01-06T15:00:59.000Z'],
  ['2026-01-06 15:00', '2026-01-06T15:00:00.000Z'],
  ['2026-01-06T15:00:59.1z', '2026-01-06T15:00:59.100Z'],
])('%s is %s', (text, iso) => {
  expect(readTime(text)).toBe(Date.parse(iso));
});

test.each(['', 'yesterday', '2026-01-06', '2026-13-06 15:00', '2026-01-06 25:00:00', '7', null])(
  '%s is no time',
  (text) => {
    expect(readTime(text)).toBeNull();
  },
);

test('what a clock writes is read back', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
      return readTime(date.toISOString()) === date.getTime();
    }),
  );
});
