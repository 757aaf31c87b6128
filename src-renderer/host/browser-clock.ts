import type { Clock } from '#shared/contract/clock.ts';

/** The page's own time. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, deed) {
    const timer = setTimeout(deed, ms);
    return () => clearTimeout(timer);
  },
};
