import type { Waiting } from '#shared/compliance/verdict.ts';

import { whoWords } from '../thread/waiting-words.ts';
import type { Judged } from './use-verdict.ts';

/** What will become of a text that has to wait, before it is sent. */
export function waitsWords({ reason, because, cure, who, theirTime }: Waiting): string {
  const after =
    reason === 'quiet-hours' && theirTime !== null
      ? `Send keeps it here until ${theirTime} their time.`
      : cure;
  return [because, after, whoWords[who]].filter(Boolean).join(' ');
}

/** Why it cannot be sent, and who can change that; null where it can, or where it was written on since. */
export function refusalWords(judged: Judged | null, text: string): string | null {
  if (judged?.verdict.kind !== 'refused') return null;
  const { field, because, cure, who } = judged.verdict;
  const isOfOtherWords = field === 'text' && judged.text !== text;
  if (isOfOtherWords) return null;
  // What was found stands right above already.
  const isSaid = judged.findings.some(({ words }) => words === because);
  return [isSaid ? '' : because, cure, whoWords[who]].filter(Boolean).join(' ');
}
