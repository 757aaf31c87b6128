import { readTime } from '#shared/provider/read-time.ts';

/** Seconds since 1970 stay below this for three thousand years; milliseconds have been above it since 1973. */
const firstInMilliseconds = 100_000_000_000;

/** A carrier's time, in words or in seconds or milliseconds since 1970, as milliseconds since 1970; null where it is none. */
export function readMoment(written: string | null): number | null {
  if (written === null) return null;
  if (!/^\d{9,13}(?:\.\d{1,9})?$/.test(written)) return readTime(written);
  const count = Number(written);
  return Math.round(count < firstInMilliseconds ? count * 1_000 : count);
}
