import type { NumberType } from '../message/line.ts';
import type { LineRegistration } from '../throughput/registration.ts';
import type { ContentFinding } from './content-finding.ts';
import type { SendFacts } from './judge.ts';
import { type Objection, refuse } from './verdict.ts';

/** How far the line of a text is registered. */
export type RegistrationFacts = {
  readonly numberType: NumberType;
  readonly state: LineRegistration['state'];
  /** Does it go where registration is asked for: to a number of the country code 1? */
  readonly isDomestic: boolean;
};

type State = LineRegistration['state'];

const localWords: Readonly<Record<Exclude<State, 'registered'>, string>> = {
  unregistered: 'This number is in no registered campaign',
  pending: 'The campaign of this number is not approved yet',
  rejected: 'The campaign of this number was rejected',
  unknown: 'Nobody told whether this number is in a registered campaign',
};
const tollFreeWords: Readonly<Record<Exclude<State, 'registered'>, string>> = {
  unregistered: 'This toll-free number is not verified',
  pending: 'The verification of this toll-free number is not finished yet',
  rejected: 'The verification of this toll-free number was rejected',
  unknown: 'Nobody told whether this toll-free number is verified',
};

type Question = { readonly because: string; readonly cure: string };

/** What carriers do with texts of a number that is not registered; null where it is, or need not be. */
export function questionRegistration(facts: RegistrationFacts | undefined): Question | null {
  if (facts === undefined || facts.state === 'registered' || !facts.isDomestic) return null;
  switch (facts.numberType) {
    case '10dlc':
      return {
        because: `${localWords[facts.state]}; carriers block unregistered 10DLC traffic since 1 February 2025.`,
        cure: 'Register the campaign with the carrier and enter it on the connection’s page, or use another line.',
      };
    case 'toll-free':
      return {
        because: `${tollFreeWords[facts.state]}; carriers block unverified toll-free traffic since 31 January 2024.`,
        cure: 'Have the number verified by the carrier and enter that on the connection’s page, or use another line.',
      };
    case 'short-code':
    case 'other':
      return null;
  }
}

/** Does the line's policy refuse what carriers would block? What is not known is only warned of. */
export function judgeRegistration({
  registration,
  policy,
  isToOurselves,
}: SendFacts): Objection | null {
  if (registration?.state === 'unknown' || isToOurselves === true) return null;
  const question = questionRegistration(registration);
  if (question === null || policy?.registration !== 'refuse') return null;
  return refuse('line', question.because, question.cure, 'supervisor');
}

/** What is to be said where the text may leave all the same. Of what nobody told, only to whoever begins a conversation. */
export function findRegistration(facts: SendFacts): ContentFinding[] {
  const { registration, isToOurselves, purpose, text } = facts;
  const question = questionRegistration(registration);
  const isQuiet = registration?.state === 'unknown' && (purpose === 'reply' || purpose === 'legal');
  if (question === null || isQuiet || isToOurselves === true) return [];
  if (judgeRegistration(facts) !== null) return [];
  return [{ rule: 'registration', from: 0, to: text.length, words: question.because }];
}
