import { type Answered, unclear } from '#main/http/answer-outcomes.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';

import { complaintOf } from './complaint-of.ts';

const throttled = '1000';

/**
 * What an answer that is no success says of a send. 429 and a throttled 4xx took nothing; 408 and everything from 500 on leave
 * open what was done before it.
 */
export function judgeRefusal(answer: Answered): SendOutcome {
  const { status, headers } = answer;
  if (status === 408 || status < 400 || status >= 500) return unclear(`HTTP ${status}`);
  const { code, failure } = complaintOf(answer);
  if (status !== 429 && code !== throttled) return { kind: 'refused', failure };
  return {
    kind: 'unsent',
    failure: { ...failure, kind: 'rate-limited' },
    retryAfterMs: readRetryAfter(headers, Date.now()),
  };
}
