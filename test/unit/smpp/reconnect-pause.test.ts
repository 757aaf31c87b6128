import { describe, expect, it } from 'vitest';

import { reconnectPause } from '#main/providers/smpp/session/reconnect-pause.ts';
import { usualTimes } from '#main/providers/smpp/session/session-times.ts';

const pauses = (random: number, tries: number, again: 'soon' | 'slowly' = 'soon') =>
  reconnectPause({ again, tries, random }, usualTimes);

describe('reconnectPause', () => {
  it('doubles from one second to sixty', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 5_000].map((tries) => pauses(1, tries))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('leaves half of it to chance', () => {
    expect([0, 0.5, 1].map((random) => pauses(random, 7))).toEqual([30_000, 45_000, 60_000]);
  });

  it('is a minute at least where the carrier does not want us now', () => {
    expect(pauses(0, 1, 'slowly')).toBe(60_000);
    expect(pauses(1, 99, 'slowly')).toBe(120_000);
  });
});
