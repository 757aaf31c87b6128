import type { RelayFrame } from '#shared/team/stream-frames.ts';

import type { LogHealth } from '../delivery-log.ts';

type Welcome = Extract<RelayFrame, { type: 'welcome' }>;

/** Where a desktop last was: a number, and the log that it is a number of; null at the first time. */
export type Cursor = { readonly log: string | null; readonly after: number };

/** Where a desktop goes on, and why elsewhere than it asked. What is trimmed is nowhere to go on from. */
export function judgeCursor(
  { log, after }: Cursor,
  logId: string,
  { lastSeq, trimmedThrough }: Pick<LogHealth, 'lastSeq' | 'trimmedThrough'>,
): Pick<Welcome, 'after' | 'reset'> {
  const beginning = trimmedThrough;
  if (log !== null && log !== logId) return { after: beginning, reset: 'other-log' };
  if (after > lastSeq) return { after: beginning, reset: 'ahead' };
  if (after < beginning) return { after: beginning, reset: 'trimmed' };
  return { after, reset: null };
}
