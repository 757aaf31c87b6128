import { whenWords } from '../schedule/when-words.ts';
import type { SendFacts } from './judge.ts';
import { clockAhead } from './tell-clock.ts';
import { type Objection, refuse, wait } from './verdict.ts';

/** A text that was given a time. */
export type PlannedFacts = {
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** IANA zone of the clock it was chosen by. */
  readonly zone: string;
  /** Its time came and went while nobody looked: the machine slept, or the program was closed. */
  readonly isMissed: boolean;
};

/** How a broadcast stands that a text is of. */
export type BroadcastStanding = 'running' | 'paused' | 'cancelled';

/** After this many milliseconds a time is missed: a quarter of an hour. */
export const missedAfterMs = 900_000;

/** Is it for later, or was its time missed? Who missed it decides, as it may say "this morning". */
export function judgePlanned(facts: SendFacts): Objection | null {
  const { planned, now, ownZone, overruled } = facts;
  if (!planned || now === undefined || ownZone === undefined) return null;
  const { dueAt, zone, isMissed } = planned;
  const time = whenWords(dueAt, { now: 0, theirs: zone, ours: ownZone });
  if (now < dueAt)
    return wait({
      reason: 'scheduled',
      until: dueAt,
      theirTime: clockAhead(dueAt, now, zone),
      because: `It is meant for ${time}.`,
      cure: 'Send it now, give it another time, or cancel it.',
      who: 'agent',
    });
  if (!isMissed || overruled?.includes('paused')) return null;
  return wait({
    reason: 'paused',
    because: `Its time, ${time}, passed while Trunkline was closed, asleep or cut off.`,
    cure: 'Send it anyway, or cancel it: its words then become the draft.',
    who: 'agent',
  });
}

/** Is the broadcast it belongs to paused or cancelled? */
export function judgeBroadcast({ broadcast, overruled }: SendFacts): Objection | null {
  if (broadcast === 'cancelled')
    return refuse('text', 'Its broadcast was cancelled.', 'Write to them by themselves.');
  if (broadcast !== 'paused' || overruled?.includes('paused')) return null;
  return wait({
    reason: 'paused',
    because: 'Its broadcast is paused.',
    cure: 'Resume the broadcast, or send this one anyway.',
    who: 'agent',
  });
}
