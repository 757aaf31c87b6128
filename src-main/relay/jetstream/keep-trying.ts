import { setTimeout as sleep } from 'node:timers/promises';

import type { LogFailure } from '../delivery-log.ts';
import { describeNatsError } from './describe-nats-error.ts';
import type { NatsLink } from './nats-link.ts';

const firstPauseMs = 250;
const longestPauseMs = 1_000;

/**
 * Tries again what failed only for the moment until it succeeds, or the next try would begin after `until` (by
 * `performance.now()`). From the beginning of one try to that of the next a pause passes that doubles. Throws the last
 * {@link LogFailure}, or at once one that will not pass.
 */
export async function keepTrying<Result>(
  link: NatsLink,
  until: number,
  attempt: () => Promise<Result>,
): Promise<Result> {
  for (let failures = 0; ; failures += 1) {
    const began = performance.now();
    try {
      return await attempt();
    } catch (error) {
      const failure = describeNatsError(error);
      const next = Math.max(performance.now(), began + pauseAfter(failures));
      if (!isPassing(failure) || next >= until) throw failure;
      await sleep(Math.max(0, next - performance.now()));
      await link.whenConnected(until - performance.now());
    }
  }
}

function isPassing({ reason }: LogFailure): boolean {
  return reason === 'unreachable' || reason === 'busy';
}

/** A quarter more or less by chance, so that those who failed together do not come back together. */
function pauseAfter(failures: number): number {
  return Math.min(firstPauseMs * 2 ** failures, longestPauseMs) * (0.75 + Math.random() / 2);
}
