import type { Trouble } from './judge-binding.ts';
import type { SessionTimes } from './session-times.ts';

type Times = Pick<SessionTimes, 'firstPause' | 'longestPause' | 'slowPause'>;

/**
 * Milliseconds before the next try: doubling from the first pause to the longest, of which the second half is left to chance, so
 * that not everybody comes back at once after an outage.
 * @param tries how many have failed in a row, from 1
 * @param random between 0 and 1
 */
export function reconnectPause(
  {
    again,
    tries,
    random,
  }: { again: Exclude<Trouble['again'], 'never'>; tries: number; random: number },
  { firstPause, longestPause, slowPause }: Times,
): number {
  const roof = Math.min(longestPause, firstPause * 2 ** Math.min(tries - 1, 30));
  const most = again === 'slowly' ? Math.max(slowPause * 2, roof) : roof;
  return Math.round(most / 2 + (random * most) / 2);
}
