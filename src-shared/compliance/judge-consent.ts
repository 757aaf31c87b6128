import { type ConsentState, type OptedOut, likelyOptOutAfter } from './consent-state.ts';
import type { ContentFinding } from './content-finding.ts';
import type { LinePolicy } from './line-policy.ts';
import { type Objection, type Purpose, refuse, wait } from './verdict.ts';

/** What is known of the recipient's consent, read in the transaction that decides. */
export type ConsentFacts = {
  /** For the line the text leaves by. */
  readonly state: ConsentState;
  /** They have ever texted or called this line. */
  readonly hasWritten: boolean;
  /** A text of ours to them was taken by a carrier before. */
  readonly wasTexted: boolean;
};

/** What of a text this rule looks at. Without the recipient's consent or the purpose nothing is judged. */
type Asked = {
  readonly consent?: ConsentFacts;
  readonly purpose?: Purpose;
  readonly policy?: Pick<LinePolicy, 'firstText'>;
};

type Case = Required<Pick<Asked, 'consent' | 'purpose'>> & Pick<Asked, 'policy'>;

/**
 * Does the recipient's consent stand against this text? What the law has us answer leaves whatever they said; nothing else
 * reaches somebody who opted out.
 */
export function judgeConsent(facts: Asked): Objection | null {
  const { consent, purpose } = facts;
  if (consent === undefined || purpose === undefined || purpose === 'legal') return null;
  const known: Case = { ...facts, consent, purpose };
  for (const question of [judgeOptOut, judgeLikely, judgeMarketing, judgeFirstText]) {
    const objection = question(known);
    if (objection !== null) return objection;
  }
  return null;
}

function judgeOptOut({ consent: { state } }: Case): Objection | null {
  if (state.optedOut === null) return null;
  const { because, cure } = wordsOf(state.optedOut);
  return refuse('to', because, cure, state.optedOut.who);
}

const byWords: Readonly<Record<string, string>> = {
  customer: 'This person opted out.',
  carrier: 'The carrier blocks texts to this person, who opted out there.',
  agent: 'An agent opted this person out.',
};

function wordsOf({ event, who, byLikelihood }: OptedOut): { because: string; cure: string } {
  const said = event.evidence.words === undefined ? '' : ` They wrote "${event.evidence.words}".`;
  const because = byLikelihood
    ? 'This person seems to have opted out, and nobody decided about it within a day.'
    : (byWords[event.who] ?? '');
  const cure =
    who === 'customer'
      ? 'They can text START to this line. Calls still work.'
      : 'Undo the opt-out, if it was a mistake. Calls still work.';
  return { because: because + said, cure };
}

function judgeLikely({ consent: { state } }: Case): Objection | null {
  if (state.likely === null) return null;
  return wait({
    reason: 'likely-opt-out',
    until: state.likely.at + likelyOptOutAfter,
    because: `This looks like an opt-out: "${state.likely.evidence.words ?? ''}".`,
    cure: 'Say whether it is one. Without an answer it counts as one after a day.',
    who: 'agent',
  });
}

function judgeMarketing({ consent: { state }, purpose }: Case): Objection | null {
  if (purpose !== 'marketing' || state.consent?.kind === 'express-written') return null;
  return refuse(
    'to',
    'Marketing needs written consent, and none of this person is on file.',
    'Record their written consent first.',
  );
}

/** Is this the first text to somebody of whom we have no consent, and who never wrote? */
const isUnasked = ({ state, hasWritten, wasTexted }: ConsentFacts): boolean =>
  state.consent === null && !hasWritten && !wasTexted;

function judgeFirstText({ consent, policy, purpose }: Case): Objection | null {
  if (purpose === 'reply') return null;
  const wasAsked = consent.state.asked !== null;
  if (policy?.firstText === 'ask' && wasAsked) return awaited(wasAsked);
  if (!isUnasked(consent)) return null;
  switch (policy?.firstText) {
    case 'ask':
      return awaited(wasAsked);
    case 'forbid':
      return refuse(
        'to',
        'No consent of this person is on file, and this line texts nobody without.',
        'Record their consent first.',
        'supervisor',
      );
    default:
      return null;
  }
}

const awaited = (wasAsked: boolean): Objection =>
  wait({
    reason: 'opt-in-awaited',
    because: wasAsked
      ? 'This person was asked whether they want texts, and has not said YES.'
      : 'No consent is on file, so this person is asked first whether they want texts.',
    cure: 'It leaves when they answer YES.',
    who: 'customer',
  });

/** What a line warns of before a first text leaves: that nothing says this person wants it. */
export function findConsent(facts: Asked & { readonly text: string }): ContentFinding[] {
  const { consent, policy, purpose, text } = facts;
  if (consent === undefined || policy?.firstText !== 'warn') return [];
  if (purpose === 'legal' || consent.state.optedOut !== null || !isUnasked(consent)) return [];
  return [{ rule: 'consent', from: 0, to: text.length, words: 'No consent on file.' }];
}
