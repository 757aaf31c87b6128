import type { Broadcast, PersonOutcome } from '#shared/contract/broadcast-commands.ts';

/** What became of a person's text, for a list and a file. */
export const outcomeWords: Readonly<Record<PersonOutcome, string>> = {
  waiting: 'Not begun',
  queued: 'In the queue',
  held: 'Waiting',
  sent: 'Sent',
  delivered: 'Delivered',
  failed: 'Not delivered',
  unknown: 'Not confirmed',
  refused: 'Not sent',
  cancelled: 'Cancelled',
};

/** How a broadcast stands, for people and screen readers. */
export const stateWords: Readonly<Record<Broadcast['state'], string>> = {
  draft: 'Not started',
  running: 'Sending',
  paused: 'Paused',
  cancelling: 'Being cancelled',
  cancelled: 'Cancelled',
  done: 'Finished',
};

/** How many people are through with it, one way or the other. */
export function settledCount({ counts }: Pick<Broadcast, 'counts'>): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return all - counts.waiting - counts.queued - counts.held;
}
