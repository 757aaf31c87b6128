import { type Answered, outcomeWithoutAnswer, unclear } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import { findHook } from '#shared/provider/find-hook.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import { analyzeText } from '#shared/text/analyze-text.ts';

import type { Access } from './access.ts';
import { callVonage } from './call-vonage.ts';
import { failureOfCode } from './failure-codes.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { withoutSecretsIn } from './send-message.ts';
import { toVonage } from './vonage-number.ts';
import { type SubmittedPart, submittedShape } from './wire-types.ts';

/** Sends one text by the SMS API and says how it ended. A text with attachments is refused: that API has none. */
export async function sendSms(
  access: Access,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  if (text.mediaUrls.length > 0) return { kind: 'refused', failure: noAttachments };
  const { answer, secrets } = await callVonage(
    access,
    { method: 'POST', url: `${access.restUrl}/sms/json`, by: 'none', form: formOf(access, text) },
    deadlineMs,
  );
  const outcome = answer.kind === 'answered' ? judge(answer) : outcomeWithoutAnswer(answer);
  return withoutSecretsIn(outcome, secrets);
}

const noAttachments = { kind: 'media', raw: 'the SMS API carries no attachments' } as const;

/**
 * Unlike the Messages API this one does not choose the alphabet. The receipt's address is the plain hook: a signature is made
 * over a callback's parameters, and whether ones of our own in its query would count is not written anywhere.
 */
function formOf(access: Access, text: OutboundText): Readonly<Record<string, string>> {
  const callback = findHook(access.hooks, 'receipts');
  return {
    api_key: access.apiKey,
    api_secret: access.apiSecret,
    from: toVonage(text.from),
    to: toVonage(text.to),
    text: text.text,
    type: analyzeText(text.text).encoding === 'GSM-7' ? 'text' : 'unicode',
    'client-ref': text.uid,
    ...(callback === null ? {} : { callback }),
  };
}

/** The API answers 200 whatever it did; each part of the text has a status of its own. */
function judge(answer: Answered): SendOutcome {
  if (answer.status < 200 || answer.status >= 300) return judgeRefusal(answer);
  const submitted = submittedShape.safeParse(readJson(answer.body)).data;
  if (submitted === undefined)
    return unclear(`HTTP ${answer.status} without the state of any part`);
  return judgeParts(submitted.messages);
}

const taken = '0';
const busy: ReadonlySet<string> = new Set(['1', '10']);
const internalError = '5';

function judgeParts(parts: readonly SubmittedPart[]): SendOutcome {
  const wrong = parts.filter(({ status }) => status !== taken);
  const [failed] = wrong;
  if (failed === undefined) return judgeTaken(parts);
  const failure = failureOfCode('submit', failed.status, failed['error-text']);
  if (wrong.length < parts.length)
    return unclear(`${parts.length - wrong.length} of ${parts.length} parts taken, ${failure.raw}`);
  if (wrong.every(({ status }) => busy.has(status)))
    return { kind: 'unsent', failure, retryAfterMs: null };
  if (wrong.some(({ status }) => status === internalError)) return unclear(failure.raw ?? '');
  return { kind: 'refused', failure };
}

/** A long text has an id for each part. The first stands for the text; receipts of the others name our reference. */
function judgeTaken(parts: readonly SubmittedPart[]): SendOutcome {
  const providerMessageId = parts[0]?.['message-id'];
  return providerMessageId === undefined
    ? unclear('taken without a message id')
    : { kind: 'accepted', providerMessageId };
}
