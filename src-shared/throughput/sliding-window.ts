import type { Rate } from './throughput-tables.ts';

/** Something that was sent: when (milliseconds since 1970), and how much it counts. */
export type Spend = { readonly at: number; readonly cost: number };

/* Texts reach the carrier a little sooner or later than they left: by so much longer is every span taken. */
const slackPart = 0.0025;
/* Slots lie a little further apart than they would have to, so that one that was late does not push all that follow. */
const slotSlackPart = 0.005;

/** The rate with its span made a little longer, so that it holds where the texts arrive as well. */
export function withSlack({ limit, within }: Rate): Rate {
  return { limit, within: Math.ceil(within * (1 + slackPart)) };
}

/**
 * The earliest moment from `now` on at which something that costs so much fits, so that no span of the rate's length holds more
 * than its limit. What alone is more than the limit goes when nothing else counts any more. What was sent at a moment that is
 * yet to come, because the clock was set back, counts as sent now.
 * @param spends what was sent, oldest first
 */
export function earliestRoom(
  { limit, within }: Rate,
  spends: readonly Spend[],
  { cost, now }: { readonly cost: number; readonly now: number },
): number {
  const counting = spends
    .map((spend) => ({ ...spend, at: Math.min(spend.at, now) }))
    .filter(({ at }) => at > now - within);
  let over = counting.reduce((sum, spend) => sum + spend.cost, Math.min(cost, limit)) - limit;
  if (over <= 0) return now;
  for (const spend of counting) {
    over -= spend.cost;
    if (over <= 0) return spend.at + within;
  }
  throw new Error('an empty span has room for what was cut to its limit');
}

/**
 * The slot after another where texts leave evenly: slots lie on a grid of absolute time, so that rounding to milliseconds never
 * adds up.
 * @param last a slot that is taken, milliseconds since 1970
 */
export function slotAfter({ limit, within }: Rate, last: number, cost: number): number {
  const apart = (within * (1 + slotSlackPart)) / limit;
  return Math.ceil((Math.floor(last / apart) + Math.min(cost, limit)) * apart);
}
