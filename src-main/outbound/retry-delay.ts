const firstPause = 500;
const longestPause = 600_000;

/**
 * Milliseconds to wait before the next try, by full jitter: anything up to a roof that doubles with every try, from half a
 * second to ten minutes.
 * @param tries how often nothing was taken so far
 * @param random between 0 and 1
 */
export function retryDelay(tries: number, random: () => number): number {
  return Math.round(random() * Math.min(longestPause, firstPause * 2 ** tries));
}
