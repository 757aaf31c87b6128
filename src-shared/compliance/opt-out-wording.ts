import type { SendFacts } from './judge.ts';

/** What a first text ends in where its line asks for it. */
const wording = 'Reply STOP to opt out.';

/**
 * How to opt out, to be put behind a text: where its line asks for it, in the first text that is ours to begin with somebody;
 * empty where it is not asked for, or is said already. What is put behind a text is counted and billed like the rest of it.
 */
export function optOutWording(facts: SendFacts): string {
  const { policy, purpose, isFirstText, consent, text } = facts;
  const isBegun = purpose === 'outreach' || purpose === 'marketing';
  const isFirst = isFirstText === true && consent?.wasTexted === false;
  if (policy?.optOutWording !== true || !isBegun || !isFirst) return '';
  if (/\bstop\b/iu.test(text)) return '';
  return text === '' ? wording : `\n${wording}`;
}
