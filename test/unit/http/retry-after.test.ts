import { expect, test } from 'vitest';

import { readRetryAfter } from '#main/http/retry-after.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

test.each([
  ['0', 0],
  ['1', 1_000],
  [' 120 ', 120_000],
  ['999999999999999999999999', 86_400_000],
  ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
  ['Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
  ['Sat Nov 21 10:00:30 2026', 30_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['Fri, 21 Nov 2036 10:00:00 GMT', 86_400_000],
])('"%s" asks for a wait', (value, ms) => {
  expect(readRetryAfter({ 'retry-after': value }, now)).toBe(ms);
});

test.each(['', '-1', '1.5', '1e3', '0x10', 'soon', 'May', 'Sat, 99 Nov 2026 10:00:30 GMT'])(
  '"%s" says nothing',
  (value) => {
    expect(readRetryAfter({ 'retry-after': value }, now)).toBeNull();
  },
);

test('no header says nothing', () => {
  expect(readRetryAfter({}, now)).toBeNull();
});

test('a date counts from the date of the answer, so a wrong clock here does no harm', () => {
  const headers = {
    date: 'Sat, 21 Nov 2026 10:00:00 GMT',
    'retry-after': 'Sat, 21 Nov 2026 10:00:05 GMT',
  };
  expect(readRetryAfter(headers, now + 3_600_000)).toBe(5_000);
});
