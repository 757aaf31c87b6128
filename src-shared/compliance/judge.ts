import type { NumberReading } from '../phone/read-number.ts';
import type { Located } from './find-whereabouts.ts';
import { type ConsentFacts, judgeConsent } from './judge-consent.ts';
import { judgeContent } from './judge-content.ts';
import {
  judgeAttachments,
  judgeControlCharacters,
  judgeEmptiness,
  judgeLength,
  judgeLine,
  judgeRecipient,
} from './judge-form.ts';
import type { MediaFacts } from './judge-media.ts';
import { judgePaused } from './judge-paused.ts';
import {
  type BroadcastStanding,
  type PlannedFacts,
  judgeBroadcast,
  judgePlanned,
} from './judge-planned.ts';
import { judgeQuiet } from './judge-quiet.ts';
import { type RegistrationFacts, judgeRegistration } from './judge-registration.ts';
import type { LinePolicy } from './line-policy.ts';
import type { Objection, Purpose, Verdict } from './verdict.ts';

/** Everything the judge needs to know of a text that wants to leave. What is left out of what stands around it is not judged. */
export type SendFacts = Form & Partial<Circumstances>;

/** The text itself, and the line it would leave by. */
type Form = {
  readonly text: string;
  readonly mediaCount: number;
  /** What is attached, and what may be; left out where nothing is. */
  readonly media?: MediaFacts;
  readonly to: NumberReading;
  /** Our own number, E.164 or a short code. */
  readonly from: string;
  /** Longest text the carrier takes, in UTF-16 units. */
  readonly maxTextUnits: number;
  /** Is the connection of the line there and open? */
  readonly lineIsConnected: boolean;
};

/** What stands around a text: time, place, conversation, and what was decided about its line. */
export type Circumstances = {
  readonly purpose: Purpose;
  readonly policy: LinePolicy;
  /** When it would leave, and since when it could have: milliseconds since 1970. */
  readonly now: number;
  readonly queuedAt: number;
  /** When the customer last wrote, as far back as a conversation stays live; null where they did not. */
  readonly lastInboundAt: number | null;
  /** Does it go to one of our own lines? Then it reaches nobody. */
  readonly isToOurselves: boolean;
  /** Is it our first to this person over this line? */
  readonly isFirstText: boolean;
  /** Where they may be; null where they are nowhere, such as a short code. */
  readonly where: Located | null;
  /** IANA zone of the machine that the agent sits at. */
  readonly ownZone: string;
  /** Reasons of waits, or `content`, that somebody has overruled for this text. */
  readonly overruled: readonly string[];
  readonly consent?: ConsentFacts;
  readonly registration?: RegistrationFacts;
  /** The time it was given; null or left out where it is to leave at once. */
  readonly planned?: PlannedFacts | null;
  /** How the broadcast stands that it is of; null or left out where it is of none. */
  readonly broadcast?: BroadcastStanding | null;
};

/** One question about a text: nothing to object, or what. It reads the facts and nothing else. */
export type Rule = (facts: SendFacts) => Objection | null;

/** The rules in the order in which a person should hear of them. */
const rules: readonly Rule[] = [
  judgeLine,
  judgeRecipient,
  judgeRegistration,
  judgeConsent,
  judgeAttachments,
  judgeEmptiness,
  judgeLength,
  judgeControlCharacters,
  judgeContent,
  judgePlanned,
  judgeBroadcast,
  judgePaused,
  judgeQuiet,
];

/**
 * May this text leave? Pure: the same facts give the same verdict, in the composer and at the gate. The first refusal comes
 * before any wait. Of several waits the one is told whose end comes first, as it is looked at again then; what else it waits
 * for is said behind it.
 */
export function judge(facts: SendFacts): Verdict {
  const objections = rules.flatMap((rule) => rule(facts) ?? []);
  const refusal = objections.find(({ kind }) => kind === 'refused');
  if (refusal !== undefined) return refusal;
  // Before its time nothing else about the hour is worth a word.
  const planned = objections.find((each) => each.kind === 'waits' && each.reason === 'scheduled');
  if (planned !== undefined) return planned;
  const [first, ...others] = objections
    .filter((objection) => objection.kind === 'waits')
    .toSorted((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity));
  if (first === undefined) return { kind: 'allowed' };
  return { ...first, because: [first, ...others].map(({ because }) => because).join(' ') };
}
