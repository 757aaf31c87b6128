import {
  type Answered,
  outcomeWithoutAnswer,
  unclear,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import { hookFor } from '#shared/provider/find-hook.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';

import { type Access, callTelnyx, until } from './ask.ts';
import { complaintIn, failureOfAnswer } from './failure-of.ts';
import { standingOf } from './standing-of.ts';
import { messageAnswerShape } from './wire-types.ts';

/** Sends one text and says how it ended. Never throws for what the carrier does. */
export async function sendText(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const request = { method: 'POST', path: '/messages', body: bodyOf(access, text) } as const;
  const answer = await callTelnyx(access, request, until(deadlineMs));
  const outcome = answer.kind === 'answered' ? judge(answer) : outcomeWithoutAnswer(answer);
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, [access.apiKey]) };
}

/** A sender that is a name is known to the carrier by its profile alone; a number brings its own. */
function bodyOf({ profileId, hooks }: Access, text: OutboundText): Record<string, unknown> {
  const { from, to, mediaUrls } = text;
  const webhook = hookFor(hooks, 'receipts', text.uid);
  const isName = !/^\+?\d+$/.test(from);
  return {
    from,
    to,
    ...(text.text === '' ? {} : { text: text.text }),
    ...(mediaUrls.length === 0 ? {} : { media_urls: mediaUrls }),
    ...(isName && profileId !== null ? { messaging_profile_id: profileId } : {}),
    ...(webhook === null ? {} : { webhook_url: webhook }),
  };
}

/** An unexpected error or a timeout on the carrier's side leaves the outcome open, whatever status it comes with. */
const openCodes: ReadonlySet<string> = new Set(['10007', '10008']);

function judge(answer: Answered): SendOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return judgeTaken(answer);
  const failure = failureOfAnswer(answer);
  const code = complaintIn(answer)?.code ?? '';
  if (status < 400 || status === 408 || status >= 500 || openCodes.has(code))
    return unclear(failure.raw ?? `HTTP ${status}`);
  if (status === 429 || failure.kind === 'rate-limited')
    return {
      kind: 'unsent',
      failure: { ...failure, kind: 'rate-limited' },
      retryAfterMs: pauseOf(answer),
    };
  return { kind: 'refused', failure };
}

function judgeTaken({ status, body }: Answered): SendOutcome {
  const message = messageAnswerShape.safeParse(readJson(body)).data?.data;
  if (message?.direction !== 'outbound') return unclear(`HTTP ${status} without a text`);
  const standing = standingOf(message);
  if (standing?.state === 'failed' && standing.failure !== null)
    return { kind: 'refused', failure: standing.failure };
  return { kind: 'accepted', providerMessageId: message.id };
}

/** The carrier documents no Retry-After but the seconds until its limit is reset. */
function pauseOf({ headers }: Answered): number | null {
  const reset = headers['x-ratelimit-reset'];
  const asked = headers['retry-after'] ?? reset ?? '';
  return readRetryAfter({ ...headers, 'retry-after': asked }, Date.now());
}
