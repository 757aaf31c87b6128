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

import { type Access, callFlowroute, secretsOf } from './call-flowroute.ts';
import { complaintOf } from './failure-of.ts';
import { acceptedShape } from './wire-types.ts';

/** Sends one text and says how it ended. Never throws for what the carrier does. */
export async function sendText(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const request = { method: 'POST', path: '/v2.2/messages', body: bodyOf(access, text) } as const;
  const answer = await callFlowroute(access, request, deadlineMs);
  const outcome = answer.kind === 'answered' ? judge(answer) : outcomeWithoutAnswer(answer);
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, secretsOf(access)) };
}

/** The carrier keeps no reference of ours, so it stands in the address of the receipts. */
function bodyOf({ hooks }: Access, { uid, from, to, text, mediaUrls }: OutboundText): unknown {
  const mms = mediaUrls.length > 0;
  const receipts = hookFor(hooks, mms ? 'mms-receipts' : 'receipts', uid);
  const attributes = {
    to,
    from,
    ...(mms && text === '' ? {} : { body: text }),
    ...(mms ? { is_mms: true, media_urls: mediaUrls } : {}),
    ...(receipts === null ? {} : { dlr_callback: receipts }),
  };
  return { data: { type: 'message', attributes } };
}

/* A fault of the carrier's own (500, 503) leaves open whether the text was taken; its documentation promises nothing. */
function judge(answer: Answered): SendOutcome {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return judgeTaken(answer);
  if (status === 429) {
    const failure = { ...complaintOf(answer), kind: 'rate-limited' } as const;
    return { kind: 'unsent', failure, retryAfterMs: readRetryAfter(headers, Date.now()) };
  }
  if (status >= 400 && status < 500) return { kind: 'refused', failure: complaintOf(answer) };
  return unclear(`HTTP ${status}`);
}

function judgeTaken({ status, body }: Answered): SendOutcome {
  const id = acceptedShape.safeParse(readJson(body)).data?.data.id;
  if (id === undefined) return unclear(`HTTP ${status} without the id of a message`);
  return { kind: 'accepted', providerMessageId: id };
}
