import type { ContentFinding } from './content-finding.ts';
import { findContent } from './find-content.ts';
import type { SendFacts } from './judge.ts';
import { type Objection, refuse } from './verdict.ts';

/** What there is to say about the content of a text, whatever the line's policy makes of it. */
export function findingsOf({
  text,
  purpose,
  isFirstText,
  isToOurselves,
}: SendFacts): ContentFinding[] {
  if (purpose === undefined || purpose === 'legal' || isToOurselves === true) return [];
  return findContent({ text, opensMarketing: purpose === 'marketing' && isFirstText === true });
}

/** Does the line's policy refuse what was found? Somebody who gave a reason may send it all the same. */
export function judgeContent(facts: SendFacts): Objection | null {
  if (facts.policy?.content !== 'refuse' || facts.overruled?.includes('content')) return null;
  const [first] = findingsOf(facts);
  if (first === undefined) return null;
  return refuse(
    'text',
    first.words,
    'Change the wording, or say why it is to be sent all the same.',
  );
}
