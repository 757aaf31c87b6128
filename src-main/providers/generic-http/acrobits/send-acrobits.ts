import {
  type Answered,
  outcomeWithoutAnswer,
  unclear,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { callApi } from '#main/http/call-api.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import type { OutboundText, SendOutcome } from '#shared/provider/provider.ts';

import { toCarrierNumber } from '../carrier-format.ts';
import { scalar } from '../reply/finder.ts';
import { follow } from '../reply/path.ts';
import { readTree } from '../reply/read-tree.ts';
import { maxAnswerBytes } from '../send-text.ts';
import { type Filling, Unfit } from '../template/fill.ts';
import type { AcrobitsProfile } from './acrobits-profile.ts';
import { complaintIn, saysError } from './complaint-in.ts';
import { fetchTexts } from './fetch-texts.ts';
import { fileTransferType, writeTransfer } from './file-transfer.ts';

/** Sends one text by the contract. Never throws for what the server does. */
export async function sendAcrobits(
  profile: AcrobitsProfile,
  text: OutboundText,
  deadlineMs: number,
): Promise<SendOutcome> {
  const outcome = await attempt(profile, text, performance.now() + deadlineMs);
  if (outcome.kind === 'accepted') return outcome;
  return { ...outcome, failure: withoutSecrets(outcome.failure, profile.account.secrets) };
}

async function attempt(
  profile: AcrobitsProfile,
  text: OutboundText,
  until: number,
): Promise<SendOutcome> {
  const filling = fillingOf(profile, text);
  const request = filling instanceof Unfit ? filling : profile.send(filling);
  if (request instanceof Unfit)
    return { kind: 'refused', failure: { kind: request.kind, raw: request.message } };
  const at = Date.now();
  const deadlineMs = until - performance.now();
  const answer = await callApi({ ...request, deadlineMs, maxAnswerBytes });
  if (answer.kind === 'unanswered') return outcomeWithoutAnswer(answer);
  const outcome = judge(answer);
  return outcome === 'taken without an id' ? nameIt(profile, { text, at, until }) : outcome;
}

function fillingOf(profile: AcrobitsProfile, text: OutboundText): Filling | Unfit {
  const { numbers, numberFormat, sendsMedia, connectionId: installation } = profile;
  if (text.from !== numbers[0])
    return new Unfit('not-allowed', 'an account of this contract sends from one number alone');
  const to = toCarrierNumber(numberFormat, text.to);
  if (to === null) return new Unfit('invalid-number', 'the number cannot be written in ten digits');
  const isTransfer = text.mediaUrls.length > 0;
  if (isTransfer && !sendsMedia)
    return new Unfit('media', 'the template has no %content_type%, so it takes no attachments');
  const contentType = isTransfer ? fileTransferType : 'text/plain';
  const body = isTransfer ? writeTransfer(text.text, text.mediaUrls) : text.text;
  return { words: { to, text: body, contentType, installation }, media: [] };
}

/** 2xx without an error is success by the contract; whether there is an id is the server's choice. */
function judge(answer: Answered): SendOutcome | 'taken without an id' {
  const { status, headers, body } = answer;
  const tree = readTree(body, headers['content-type']);
  const failure = complaintIn(answer);
  if (status === 429 || failure.kind === 'rate-limited') {
    const retryAfterMs = readRetryAfter(headers, Date.now());
    return { kind: 'unsent', failure: { ...failure, kind: 'rate-limited' }, retryAfterMs };
  }
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', failure };
  if (status < 200 || status > 299) return unclear(`HTTP ${status}`);
  if (tree === null || !isAnswer(tree.values)) return unclear(`HTTP ${status} without an answer`);
  if (saysError(tree))
    return { kind: failure.kind === 'carrier-trouble' ? 'unknown' : 'refused', failure };
  return idIn(tree.values);
}

/** A page of a proxy or a portal is XML too, or nearly. */
function isAnswer(values: unknown): boolean {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return false;
  return !Object.keys(values).some((name) => name.toLowerCase() === 'html');
}

function idIn(values: unknown): SendOutcome | 'taken without an id' {
  const found = [['sms_id'], ['response', 'sms_id'], ['message_id']]
    .flatMap((path) => follow(values, path))
    .filter((each) => each !== null);
  if (found.length === 0) return 'taken without an id';
  const id = scalar(found[0])?.trim() ?? '';
  return id === '' || id.length > 300
    ? unclear('an id that is none')
    : { kind: 'accepted', providerMessageId: id };
}

type Taken = { readonly text: OutboundText; readonly at: number; readonly until: number };

/**
 * A server that lists what was sent will tell the id there, and without it the text would be taken for another one when it shows up:
 * then the outcome is open until it is found. Where nothing sent is ever listed, our own reference is as good a name.
 */
async function nameIt(profile: AcrobitsProfile, { text, at, until }: Taken): Promise<SendOutcome> {
  const { memory, fetch } = profile;
  if (fetch !== null && !memory.hasLookedForSent) {
    const asked = await fetchTexts(profile, at, until - performance.now());
    if (asked.kind === 'not-told') return unclear('taken without an id, and no list to look it up');
    memory.hasLookedForSent = true;
  }
  if (memory.listsSent) return unclear('taken without an id, which the list will tell');
  memory.addUnnamed({ uid: text.uid, to: text.to, text: text.text, at });
  return { kind: 'accepted', providerMessageId: text.uid };
}
