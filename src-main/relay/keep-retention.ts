import { log as writeLog } from '#main/log/log.ts';
import type { Clock } from '#shared/contract/clock.ts';

import type { DeliveryLog } from './delivery-log.ts';

const pauseBetweenTrims = 60 * 60 * 1_000;

export type Retention = {
  readonly log: DeliveryLog;
  readonly clock: Clock;
  /** How long deliveries and their keys are kept, milliseconds. */
  readonly retentionMs: number;
  /** Number of the last delivery that nobody needs any more; younger ones stay however old they are. */
  taken(): number;
};

/** Trims the log now and every hour. Returns the way to stop. */
export function keepRetention(retention: Retention): () => void {
  let callOff: () => void = () => undefined;
  const again = (): void => {
    void trimOnce(retention);
    callOff = retention.clock.after(pauseBetweenTrims, again);
  };
  again();
  return () => callOff();
}

async function trimOnce({ log, clock, retentionMs, taken }: Retention): Promise<void> {
  const oldest = clock.now() - retentionMs;
  try {
    const trimmed = await log.trim({
      receivedBefore: oldest,
      rememberSince: oldest,
      upTo: taken(),
    });
    if (trimmed > 0) writeLog('relay.trimmed', { deliveries: trimmed });
  } catch (error) {
    writeLog('relay.trim-failed', { problem: error instanceof Error ? error.message : null });
  }
}
