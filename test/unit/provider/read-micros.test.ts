import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { readMicros } from '#shared/provider/read-micros.ts';

test.each([
  ['0.0075', 7_500],
  ['$0.0040', 4_000],
  ['-0.0075', -7_500],
  ['-0', 0],
  ['.5', 500_000],
  ['12', 12_000_000],
  ['0.0000005', 1],
  ['0.0000004', 0],
  ['0.00850', 8_500],
  [1.25, 1_250_000],
  [0.0033, 3_300],
  [' 0.1 ', 100_000],
])('%s is %i millionths', (amount, micros) => {
  expect(readMicros(amount)).toBe(micros);
});

test.each([
  '',
  '.',
  '$',
  'free',
  '1,5',
  '1e9',
  '0x1',
  '9'.repeat(40),
  Number.NaN,
  Infinity,
  null,
  undefined,
])('%s is no amount', (amount) => {
  expect(readMicros(amount)).toBeNull();
});

test('every amount of whole millionths comes back exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (micros) => {
      const text = `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
      return readMicros(text) === micros;
    }),
  );
});
