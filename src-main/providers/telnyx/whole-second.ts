/** No list goes beyond this, in milliseconds since 1970: the year 2100. */
const furthest = 4_102_444_800_000;

/** A time as the carrier's filters take it, such as `2026-07-20T00:00:00Z`, rounded as asked. */
export function wholeSecond(ms: number, round: (seconds: number) => number): string {
  const seconds = round(Math.min(Math.max(ms, 0), furthest) / 1_000);
  return new Date(seconds * 1_000).toISOString().replace('.000', '');
}
