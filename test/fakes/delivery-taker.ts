import { onTestFinished } from 'vitest';

import type { DeliveryLog, StoredDelivery } from '#main/relay/delivery-log.ts';
import { followLog, type Following, type FollowProblem } from '#main/relay/follow-log.ts';

import { textOf } from './deliveries.ts';
import { ManualClock } from './manual-clock.ts';

/** A desktop that takes deliveries, keeps its cursor, and can be told to fail. */
export class DeliveryTaker {
  readonly taken: StoredDelivery[] = [];
  readonly problems: FollowProblem[] = [];
  readonly clock = new ManualClock();
  cursor = 0;
  /** Called before each delivery is taken; a throw refuses it. */
  before: (stored: StoredDelivery) => void | Promise<void> = () => undefined;

  follow(log: DeliveryLog, more: Partial<Following> = {}) {
    const follower = followLog({
      log,
      clock: this.clock,
      cursor: () => this.cursor,
      accept: async (stored) => {
        await this.before(stored);
        this.taken.push(stored);
        this.cursor = stored.seq;
      },
      onProblem: (problem) => void this.problems.push(problem),
      ...more,
    });
    onTestFinished(() => follower.stop());
    return follower;
  }

  get texts(): string[] {
    return this.taken.map(textOf);
  }

  /** Resolves once so many were taken. */
  async untilTaken(count: number): Promise<void> {
    await until(
      () => this.taken.length >= count,
      () => `${count} taken, not ${this.taken.length}`,
    );
  }

  async untilProblem(count = 1): Promise<FollowProblem | undefined> {
    await until(
      () => this.problems.length >= count,
      () => `${count} problems, not ${this.problems.length}`,
    );
    return this.problems.at(-1);
  }
}

async function until(reached: () => boolean, what: () => string): Promise<void> {
  const end = performance.now() + 5_000;
  while (!reached()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
