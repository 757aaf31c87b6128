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

import type { Access } from './access.ts';
import { callPlivo } from './call-plivo.ts';
import { complaintOf } from './failure-of.ts';
import { acceptedShape } from './wire-types.ts';

/** Sends one text and says how it ended. Never throws for what the carrier does. */
export async function sendText(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const request = { method: 'POST', path: 'Message/', body: bodyOf(access, text) } as const;
  const answer = await callPlivo(access, request, deadlineMs);
  const outcome = answer.kind === 'answered' ? judge(answer) : outcomeWithoutAnswer(answer);
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, access.secrets) };
}

/** The carrier keeps no reference of ours, so it stands in the address of the receipts. */
function bodyOf({ hooks }: Access, { uid, from, to, text, mediaUrls }: OutboundText): unknown {
  const mms = mediaUrls.length > 0;
  const url = hookFor(hooks, 'receipts', uid);
  return {
    src: from,
    dst: to,
    ...(mms && text === '' ? {} : { text }),
    ...(mms ? { type: 'mms', media_urls: mediaUrls } : { type: 'sms' }),
    ...(url === null ? {} : { url, method: 'POST' }),
  };
}

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

/** Of several recipients those that cannot be numbers are told apart; of one alone, nothing was taken. */
function judgeTaken({ status, body }: Answered): SendOutcome {
  const read = acceptedShape.safeParse(readJson(body)).data;
  const providerMessageId = read?.message_uuid[0];
  if (providerMessageId !== undefined) return { kind: 'accepted', providerMessageId };
  const [invalid] = read?.invalid_number ?? [];
  if (invalid === undefined) return unclear(`HTTP ${status} without the id of a message`);
  return {
    kind: 'refused',
    failure: { kind: 'invalid-number', raw: `invalid_number: ${invalid}` },
  };
}
