import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  pauseAfter,
  pauseAfterRefusal,
  renewAfter,
} from '#main/providers/sip-message/session/pause.ts';

const chance = fc.double({ min: 0, max: 0.999_999, noNaN: true });

test('pauses grow from half a second to a minute, and never all alike', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), chance, (failures, random) => {
      const pause = pauseAfter(failures, () => random);
      const longest = Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 10));
      expect(pause).toBeGreaterThanOrEqual(longest / 2);
      expect(pause).toBeLessThanOrEqual(longest);
    }),
  );
  expect(pauseAfter(3, () => 0)).not.toBe(pauseAfter(3, () => 0.5));
});

test('a login that was refused rests for five to ten minutes', () => {
  expect(pauseAfterRefusal(() => 0)).toBe(300_000);
  expect(pauseAfterRefusal(() => 1)).toBe(600_000);
});

test('a registration is renewed between 0.5 and 0.9 of its time, and at most twice a second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 86_400 }), chance, (expires, random) => {
      const after = renewAfter(expires, () => random);
      expect(after).toBeGreaterThanOrEqual(expires * 500);
      expect(after).toBeLessThanOrEqual(expires * 900);
    }),
  );
  expect(renewAfter(0, () => 0)).toBe(500);
});
