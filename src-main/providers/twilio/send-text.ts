import { type Answered, outcomeWithoutAnswer, unclear } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import { hookFor } from '#shared/provider/find-hook.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';

import type { Access } from './access.ts';
import { call, complaintOf } from './ask.ts';
import { acceptedShape } from './wire-types.ts';

/** Sends one text and says how it ended. Never throws for what the carrier does. */
export async function sendText(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const answer = await call(
    access,
    { host: 'api', path: `${access.account}/Messages.json`, form: formOf(access, text) },
    performance.now() + deadlineMs,
  );
  return answer.kind === 'answered' ? judge(access, answer) : outcomeWithoutAnswer(answer);
}

/* The sender stands beside the messaging service, because the service alone would choose any number of its own. */
function formOf(access: Access, text: OutboundText): URLSearchParams {
  const form = new URLSearchParams({ To: text.to, From: text.from });
  if (text.text !== '') form.set('Body', text.text);
  for (const url of text.mediaUrls) form.append('MediaUrl', url);
  if (access.messagingServiceSid !== null)
    form.set('MessagingServiceSid', access.messagingServiceSid);
  const callback = hookFor(access.hooks, 'receipts', text.uid);
  if (callback !== null) form.set('StatusCallback', callback);
  return form;
}

/*
 * 429 is documented as not processed. A 5xx is not, 503 included, and nothing forbids that a front gave up waiting (408) for a
 * carrier that went on: those leave the outcome open.
 */
function judge(access: Access, answer: Answered): SendOutcome {
  const { status } = answer;
  if (status === 200 || status === 201) return judgeAccepted(answer);
  const failure = complaintOf(access, answer);
  const queueIsFull = /^21611\b/.test(failure.raw ?? '');
  if (status === 429 || (queueIsFull && status < 500)) {
    const retryAfterMs = readRetryAfter(answer.headers, Date.now());
    return { kind: 'unsent', failure: { ...failure, kind: 'rate-limited' }, retryAfterMs };
  }
  const definite = status >= 400 && status < 500 && status !== 408;
  return definite ? { kind: 'refused', failure } : unclear(`HTTP ${status}`);
}

function judgeAccepted({ status, body }: Answered): SendOutcome {
  const read = acceptedShape.safeParse(readJson(body));
  return read.success
    ? { kind: 'accepted', providerMessageId: read.data.sid }
    : unclear(`HTTP ${status} without the id of a text`);
}
