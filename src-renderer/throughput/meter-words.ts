import type { Meter } from '#shared/contract/registration-commands.ts';

import { inDigits } from '../controls/tell-amount.ts';

/** From this share of a limit on it is worth saying everywhere. */
const high = 0.7;

/** Is so much of it used that whoever sends should know? */
export const isHigh = ({ used, limit }: Meter): boolean => used >= limit * high;

/** `T-Mobile today 1,412 of 2,000, resets 00:00 PT`. */
export function meterWords({ whose, used, limit, resetsAt }: Meter): string {
  const resets = resetsAt === null ? '' : ', resets 00:00 PT';
  return `${whose} ${inDigits(used)} of ${inDigits(limit)}${resets}`;
}

/** What else there is to say of it: how full it is, and what is kept. */
export function meterNote(meter: Meter): string | null {
  const { used, limit, kept } = meter;
  if (used >= limit) return 'Used up: what is left waits.';
  const isKept = kept > 0 ? `${inDigits(kept)} kept for replies` : null;
  const share = isHigh(meter) ? `${Math.floor((used / limit) * 100)} % used` : null;
  return [share, isKept].filter((words) => words !== null).join(', ') || null;
}
