import {
  type Answered,
  kindOfStatus,
  outcomeWithoutAnswer,
  unclear,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';
import { acceptedShape, complaintShape } from './wire-types.ts';

/** Where the carrier is and what it knows us by. */
export type Access = { readonly baseUrl: string; readonly apiKey: string };

/** Sends one text and says how it ended. Never throws for what the carrier does. */
export async function sendText(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const answer = await callApi({
    method: 'POST',
    url: `${access.baseUrl}/v1/messages`,
    headers: { authorization: `Bearer ${access.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      from: text.from,
      to: text.to,
      text: text.text,
      media_urls: text.mediaUrls,
      reference: text.uid,
    }),
    deadlineMs,
  });
  const outcome =
    answer.kind === 'answered' ? judge(answer, text.uid) : outcomeWithoutAnswer(answer);
  return hideKey(outcome, access.apiKey);
}

function hideKey(outcome: SendOutcome, apiKey: string): SendOutcome {
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, [apiKey]) };
}

function judge(answer: Answered, uid: string): SendOutcome {
  const { status } = answer;
  if (status === 202) return judgeAccepted(answer, uid);
  if (status === 429 || status === 503) {
    const kind = status === 429 ? 'rate-limited' : 'carrier-trouble';
    const retryAfterMs = readRetryAfter(answer.headers, Date.now());
    return { kind: 'unsent', failure: { ...complaintOf(answer), kind }, retryAfterMs };
  }
  if (status >= 400 && status < 500) return { kind: 'refused', failure: complaintOf(answer) };
  return unclear(`HTTP ${status}`);
}

function judgeAccepted(answer: Answered, uid: string): SendOutcome {
  const read = acceptedShape.safeParse(readJson(answer.body));
  return read.success && read.data.reference === uid
    ? { kind: 'accepted', providerMessageId: read.data.id }
    : unclear('HTTP 202 without a receipt for this text');
}

function complaintOf({ status, body }: Answered): SendFailure {
  const read = complaintShape.safeParse(readJson(body));
  if (read.success) return failureOf(read.data.error.code, read.data.error);
  return { kind: kindOfStatus(status), raw: `HTTP ${status}` };
}
