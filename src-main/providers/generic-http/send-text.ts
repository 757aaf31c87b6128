import { outcomeWithoutAnswer, withoutSecrets } from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import { hookFor } from '#shared/provider/find-hook.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';

import { toCarrierNumber } from './carrier-format.ts';
import { judgeAnswer } from './judge-answer.ts';
import type { TemplateProfile } from './template-profile.ts';
import { type Filling, Unfit } from './template/fill.ts';

/** The longest answer to a text worth reading, in bytes. */
export const maxAnswerBytes = 256 * 1024;

/** Sends one text as the template says. Never throws for what the carrier does. */
export async function sendText(
  profile: TemplateProfile,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const outcome = await attempt(profile, text, deadlineMs);
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, profile.account.secrets) };
}

async function attempt(
  profile: TemplateProfile,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const filling = fillingOf(profile, text);
  const request = filling instanceof Unfit ? filling : profile.request(filling);
  if (request instanceof Unfit) return refused(request.kind, request.message);
  const answer = await callApi({ ...request, deadlineMs, maxAnswerBytes });
  if (answer.kind === 'unanswered') return outcomeWithoutAnswer(answer);
  const outcome = judgeAnswer(answer, profile.answers, text.uid);
  return outcome.kind === 'accepted' && profile.knownByReference
    ? { kind: 'accepted', providerMessageId: text.uid }
    : outcome;
}

function fillingOf(profile: TemplateProfile, text: OutboundText): Filling | Unfit {
  const { numberFormat, mediaPlaces, hooks } = profile;
  const [from, to] = [text.from, text.to].map((each) => toCarrierNumber(numberFormat, each));
  if (from == null) return new Unfit('not-allowed', 'the line cannot be written in ten digits');
  if (to == null) return new Unfit('invalid-number', 'the number cannot be written in ten digits');
  if (text.mediaUrls.length > mediaPlaces)
    return new Unfit('media', `the template has room for ${mediaPlaces} attachments`);
  const receiptUrl = hookFor(hooks, 'receipts', text.uid);
  const words = { from, to, text: text.text, reference: text.uid, receiptUrl };
  return { words, media: text.mediaUrls };
}

function refused(kind: FailureKind, raw: string): SendOutcome {
  return { kind: 'refused', failure: { kind, raw } };
}
