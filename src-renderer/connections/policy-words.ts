import type { LinePolicy } from '#shared/compliance/line-policy.ts';

import { counted } from '../controls/tell-amount.ts';

const quiet: Readonly<Record<LinePolicy['quietHours'], string>> = {
  hold: 'new texts wait for the recipient’s day',
  ask: 'new texts wait for the recipient’s day, unless an agent sends them anyway',
  warn: 'new texts in the recipient’s night are warned of',
  off: 'new texts leave at any hour',
};
const first: Readonly<Record<LinePolicy['firstText'], string>> = {
  warn: 'a first text without consent is warned of',
  ask: 'a first text without consent asks for it and waits',
  forbid: 'no first text without consent',
};
const content: Readonly<Record<LinePolicy['content'], string>> = {
  warn: 'risky content is warned of',
  refuse: 'risky content is refused',
};

/** What holds on a line, in a sentence. */
export function policyWords(policy: LinePolicy): string {
  const parts = [
    quiet[policy.quietHours],
    first[policy.firstText],
    content[policy.content],
    `a conversation is live for ${counted(policy.liveHours, 'hour')}`,
  ].join('; ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`;
}
