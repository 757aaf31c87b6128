import type { SendFacts } from './judge.ts';
import { clockIn } from './tell-clock.ts';
import { type Objection, wait } from './verdict.ts';

/** A text that waited longer than this, in milliseconds, may be out of date: a quarter of an hour. */
const freshMs = 900_000;

/**
 * Did the customer write while this text waited here, because there was no network, the machine slept, or it was night? Then
 * what it says may no longer fit, and its author is asked.
 */
export function judgePaused(facts: SendFacts): Objection | null {
  const { now, queuedAt, lastInboundAt, purpose, ownZone } = facts;
  if (now === undefined || queuedAt === undefined || ownZone === undefined) return null;
  if (purpose !== 'reply' && purpose !== 'outreach') return null;
  if (!lastInboundAt || lastInboundAt <= queuedAt || now - queuedAt <= freshMs) return null;
  return wait({
    reason: 'paused',
    because: `They wrote at ${clockIn(lastInboundAt, ownZone)}, while this waited here.`,
    cure: 'Read it, then send this anyway or cancel it.',
    who: 'agent',
  });
}
