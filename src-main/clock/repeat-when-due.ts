import { log } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';

export type Repeating = {
  /** Looks for work on the next turn of the loop. */
  wake(): void;
  /** Begins nothing more. */
  stop(): void;
};

export type DueWork = {
  /** Does what is due. False where more is due than could be begun now. */
  work(): boolean | Promise<boolean>;
  /** When the next work is due, milliseconds since 1970; null where none is. */
  nextAt(): number | null;
};

/* A clock that was set back, or a machine that slept, is caught up with at the latest after this many milliseconds. */
const longestSleep = 30_000;
const pauseAfterTrouble = 1_000;
/* What is due and yet was not begun waits for something else, whose end wakes us; this is only for safety. */
const pauseWhenFull = 1_000;

/** Works whenever something is due or somebody wakes it; one round at a time, and none of them lost. */
export function repeatWhenDue(clock: Clock, { work, nextAt }: DueWork): Repeating {
  let running = false;
  let wanted = false;
  let stopped = false;
  let cancel = (): void => {};

  const wake = (): void => {
    wanted = true;
    if (!running && !stopped) void round();
  };
  const sleep = (ms: number): void => {
    cancel();
    cancel = clock.after(Math.min(Math.max(ms, 1), longestSleep), wake);
  };
  const round = async (): Promise<void> => {
    running = true;
    try {
      await Promise.resolve();
      let begunAll = true;
      while (wanted && !stopped) {
        wanted = false;
        begunAll = await work();
      }
      const next = stopped ? null : nextAt();
      if (next !== null) sleep(begunAll && next > clock.now() ? next - clock.now() : pauseWhenFull);
    } catch (error) {
      log('work.failed', { reason: error instanceof Error ? error.message : 'unknown' });
      if (!stopped) sleep(pauseAfterTrouble);
    } finally {
      running = false;
    }
  };
  return {
    wake,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
