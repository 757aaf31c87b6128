import type { Clock } from '#shared/contract/clock.ts';

/** The real clock. */
export const systemClock: Clock = {
  now: Date.now,
  after(ms, deed) {
    const timer = setTimeout(deed, ms);
    return () => clearTimeout(timer);
  },
};
