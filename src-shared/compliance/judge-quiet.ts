import type { ContentFinding } from './content-finding.ts';
import type { Located } from './find-whereabouts.ts';
import type { SendFacts } from './judge.ts';
import { quietHoursTable } from './quiet-hours-table.ts';
import { judgeQuietHours } from './quiet-hours.ts';
import { clockAhead, clockIn, clocksIn } from './tell-clock.ts';
import { type Objection, type Who, wait } from './verdict.ts';

const hourMs = 3_600_000;

/** What the rule reads; where any of it is missing it objects to nothing. */
type Hour = Required<
  Pick<
    SendFacts,
    'now' | 'purpose' | 'policy' | 'where' | 'lastInboundAt' | 'isToOurselves' | 'overruled'
  >
>;

/**
 * Is it night where the recipient may be? Marketing always waits for their day. What an agent begins waits as the line's
 * policy says, and by what is known of their place alone: of a number that tells no place nothing is presumed. An answer
 * within the live conversation, what the law has us answer, and a text to a line of our own leave at any hour.
 */
export function judgeQuiet(facts: SendFacts): Objection | null {
  const { now, purpose, where, to } = facts;
  if (now === undefined || purpose === undefined || where === undefined || where === null)
    return null;
  const hour = facts as Hour;
  const who = purpose === 'marketing' ? 'nobody' : whoOfAgents(hour, where);
  if (who === null || hour.isToOurselves || purpose === 'legal') return null;
  const verdict = judgeQuietHours(now, where, quietHoursTable);
  if (verdict.kind === 'open') return null;
  const { opensAt } = verdict;
  const areaCode = to.kind === 'number' ? to.e164.slice(2, 5) : '';
  const theirTime = timeThere(opensAt, now, where);
  return wait({
    reason: 'quiet-hours',
    until: opensAt,
    theirTime,
    because: wordsOfNow(now, where, areaCode),
    cure: `It leaves by itself ${theirTime === null ? 'when it is day there' : `at ${theirTime} their time`}.`,
    who,
  });
}

/** Where the line's policy only warns: what would be said if it held the text. */
export function findQuiet(facts: SendFacts): ContentFinding[] {
  const { policy, text } = facts;
  if (policy?.quietHours !== 'warn') return [];
  const objection = judgeQuiet({ ...facts, policy: { ...policy, quietHours: 'ask' } });
  if (objection?.kind !== 'waits' || objection.who !== 'agent') return [];
  const offer = objection.theirTime === null ? '' : ` Send later offers ${objection.theirTime}.`;
  return [{ rule: 'quiet-hours', from: 0, to: text.length, words: `${objection.because}${offer}` }];
}

/** Who can have a text that an agent began leave in the night; null where it leaves anyway. */
function whoOfAgents(
  { now, policy, lastInboundAt, overruled }: Hour,
  { certainty }: Located,
): Who | null {
  const isLive = lastInboundAt !== null && now - lastInboundAt < policy.liveHours * hourMs;
  if (isLive || certainty === 'unknown' || overruled.includes('quiet-hours')) return null;
  return ({ hold: 'supervisor', ask: 'agent', warn: null, off: null } as const)[policy.quietHours];
}

/* Of a clock that is not known none is told. */
const timeThere = (opensAt: number, now: number, { zones, certainty }: Located): string | null =>
  certainty === 'unknown' ? null : clocksIn(zones, (zone) => clockAhead(opensAt, now, zone));

function wordsOfNow(now: number, { zones, states, certainty }: Located, areaCode: string): string {
  if (certainty === 'unknown')
    return 'Where they are is not known, and it is not day from coast to coast.';
  const clock = `It is ${clocksIn(zones, (zone) => clockIn(now, zone))} for them`;
  if (certainty === 'contact') return `${clock}, by the time zone of the contact.`;
  const place = states.length === 0 ? '' : ` (${states.join(', ')})`;
  return `${clock}, presumed from area code ${areaCode}${place}.`;
}
