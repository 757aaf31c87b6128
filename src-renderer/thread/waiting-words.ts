import type { Waiting, WaitReason, Who } from '#shared/compliance/verdict.ts';

import { aheadTime } from '../controls/tell-time.ts';

const reasons: Readonly<Record<WaitReason, string>> = {
  scheduled: 'sent later',
  'quiet-hours': 'quiet hours',
  throughput: 'the carrier’s rate',
  'daily-cap': 'the limit of the day',
  'opt-in-awaited': 'they were asked to opt in',
  'likely-opt-out': 'they may have opted out',
  paused: 'look at it once more',
};

/** What a text waits for and until when, short enough for a bubble: "Waiting until 8:00 AM their time: quiet hours". */
export function waitingWords(
  { reason, until, theirTime }: Pick<Waiting, 'reason' | 'until' | 'theirTime'>,
  now: number = Date.now(),
): string {
  if (reason === 'scheduled' && until !== null) return `Scheduled for ${aheadTime(until, now)}`;
  if (theirTime !== null) return `Waiting until ${theirTime} their time: ${reasons[reason]}`;
  if (until !== null) return `Waiting until ${aheadTime(until, now)}: ${reasons[reason]}`;
  return reason === 'paused' || reason === 'likely-opt-out'
    ? `Waiting for you: ${reasons[reason]}`
    : `Waiting: ${reasons[reason]}`;
}

/** Who can change it, where it is not the person at this screen; empty otherwise. */
export const whoWords: Readonly<Record<Who, string>> = {
  agent: '',
  supervisor: 'A supervisor can change this on the line’s page.',
  customer: 'Only they can change this.',
  carrier: 'Only the carrier can change this.',
  nobody: '',
};
