import { readRetryAfter } from '#main/http/retry-after.ts';
import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { Asked } from '../agent/agent.ts';
import { type SipResponse, headerOf } from '../wire/message.ts';
import { refusals } from './failure-kinds.ts';

/**
 * What a final answer says of a text. A login that is wrong is no answer, see {@link judgeSilence}. Taken by the next element is all that 2xx means. A server that is busy took nothing
 * (429, 503, and 500 that says when to come again); one that waited for another in vain (408, 504) or broke (5xx) may have
 * handed the text on.
 */
export function judgeAnswer(response: SipResponse, providerMessageId: string): SendOutcome {
  const { status } = response;
  if (status === 200 || status === 202) return { kind: 'accepted', providerMessageId };
  const failure = failureOf(response);
  const retryAfterMs = retryAfter(response);
  if (isChallenge(status)) return notSent(`${status}: the challenge came too late to be answered`);
  if (status === 429 || status === 503 || (status === 500 && retryAfterMs !== null))
    return { kind: 'unsent', failure, retryAfterMs };
  if (isOpen(status)) return { kind: 'unknown', failure: { kind: 'no-answer', raw: failure.raw } };
  return { kind: 'refused', failure };
}

const isChallenge = (status: number): boolean => status === 401 || status === 407;

function isOpen(status: number): boolean {
  if (status === 408 || status < 300) return true;
  return status >= 500 && status < 600 && !refusals.has(status);
}

/** How a question that got no answer of its own ended for the text. */
export function judgeSilence(asked: Exclude<Asked, { readonly kind: 'answered' }>): SendOutcome {
  switch (asked.kind) {
    case 'not-sent':
      return notSent('the session broke before it could leave');
    case 'lost':
      return unknownFor(asked.sentence);
    case 'silent':
      return unknownFor('no answer within 32 s');
    case 'login-refused':
      return { kind: 'refused', failure: loginFailure(asked) };
    case 'too-large':
      return {
        kind: 'refused',
        failure: { kind: 'too-long', raw: `${asked.bytes} bytes are too many for UDP` },
      };
  }
}

/** Nothing left, and it may be tried again. */
export function notSent(raw: string): SendOutcome {
  return { kind: 'unsent', failure: { kind: 'network', raw }, retryAfterMs: null };
}

export function unknownFor(raw: string): SendOutcome {
  return { kind: 'unknown', failure: { kind: 'no-answer', raw } };
}

export function loginFailure({
  status,
  understood,
}: {
  status: number;
  understood: boolean;
}): SendFailure {
  const raw = understood
    ? `${status}: the user name or password was refused`
    : `${status}: the server asks for a proof that is neither MD5 nor SHA-256`;
  return { kind: 'credentials', raw };
}

/** A complaint in our taxonomy; `raw` is the code and the server's words. */
export function failureOf(response: SipResponse): SendFailure {
  const { status, reason } = response;
  const raw = [`${status}: ${reason}`, headerOf(response, 'warning'), headerOf(response, 'reason')]
    .filter((part) => part !== undefined)
    .join('; ')
    .slice(0, 300);
  return { kind: kindOf(status), raw };
}

function kindOf(status: number): SendFailure['kind'] {
  if (status === 429) return 'rate-limited';
  const refused = refusals.get(status);
  if (refused !== undefined) return refused;
  return status >= 500 && status < 600 ? 'carrier-trouble' : 'unmapped';
}

/** `Retry-After: 18 (in a meeting);duration=60` is 18 seconds (RFC 3261 20.33). */
export function retryAfter(response: SipResponse): number | null {
  const [seconds] = /^\d+/.exec(headerOf(response, 'retry-after') ?? '') ?? [];
  return seconds === undefined ? null : readRetryAfter({ 'retry-after': seconds }, 0);
}

/**
 * What an answer says of a text whose outcome was already given as unknown; null where it still leaves that open. Nobody
 * sends the text again by itself any more, so that nothing was taken is a failure.
 */
export function judgeLate(
  response: SipResponse,
): { readonly state: ReceiptState; readonly failure: SendFailure | null } | null {
  const outcome = judgeAnswer(response, '');
  if (outcome.kind === 'unknown') return null;
  if (outcome.kind === 'accepted') return { state: 'accepted', failure: null };
  const kind = isChallenge(response.status) ? 'carrier-trouble' : outcome.failure.kind;
  return { state: 'failed', failure: { ...outcome.failure, kind } };
}
