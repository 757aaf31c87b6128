import { expect, it } from 'vitest';

import { estimateDuration } from '#shared/throughput/estimate-duration.ts';
import type { Limit } from '#shared/throughput/limits-of.ts';

const limit = (over: Partial<Limit>): Limit => ({
  of: 'connection',
  id: 'one',
  isMms: false,
  count: 'texts',
  rate: { limit: 5, within: 1_000 },
  whose: 'Sandbox',
  ...over,
});
const att = limit({ whose: 'AT&T', count: 'units', rate: { limit: 75, within: 60_000 } });
const day = { perDay: 2_000, replySlice: 10, replies: 0, others: 0, left: 3_600_000 };

it('is nothing where nothing holds them', () => {
  expect(estimateDuration({ texts: 100, units: 100, limits: [], day: null })).toEqual({
    ms: 0,
    because: null,
  });
});

it('is decided by the slowest limit', () => {
  const many = { texts: 1_000, units: 2_000, day: null };
  expect(estimateDuration({ ...many, limits: [limit({})] })).toMatchObject({ ms: 199_000 });
  expect(estimateDuration({ ...many, limits: [limit({}), att] })).toEqual({
    ms: 1_540_000,
    because: 'AT&T: 75 segments a minute.',
  });
});

it.each([
  [1_800, 0, 0],
  [1_801, 0, 3_600_000],
  [1_800, 1, 3_600_000],
  [5_400, 0, 3_600_000 + 86_400_000],
])('%i segments after %i today take %i ms at T-Mobile', (units, others, ms) => {
  const many = { texts: units, units, limits: [] };
  expect(estimateDuration({ ...many, day: { ...day, others } }).ms).toBe(ms);
});

it('leaves what is kept for replies to them', () => {
  const full = { ...day, replies: 1_900 };
  expect(estimateDuration({ texts: 101, units: 101, limits: [], day: full }).ms).toBe(3_600_000);
  expect(estimateDuration({ texts: 100, units: 100, limits: [], day: full }).ms).toBe(0);
});
