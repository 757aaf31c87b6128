import { type Answered, kindOfStatus, unclear } from '#main/http/answer-outcomes.ts';
import { readRetryAfter } from '#main/http/retry-after.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { AnswerRules, ComplaintRules } from './answer-rules.ts';
import { type Tree, readTree } from './reply/read-tree.ts';

const nothing: Tree = { text: '', values: undefined };
const isComplaint = (status: number): boolean => status >= 400 && status < 500 && status !== 408;

/** What an answer says of a text, by the rules of the settings. `reference` is its id where the carrier gives none. */
export function judgeAnswer(answer: Answered, rules: AnswerRules, reference: string): SendOutcome {
  const { status, headers, body } = answer;
  const tree = readTree(body, headers['content-type']) ?? nothing;
  const failure = complaintOf(tree, rules.complaint, status);
  if (rules.isUnsent(status)) {
    const kind = status === 429 ? 'rate-limited' : 'carrier-trouble';
    return notTaken(answer, { ...failure, kind });
  }
  if (rules.isSuccess(status)) return judgeSuccess(answer, tree, { rules, reference });
  return isComplaint(status) ? refuse(answer, failure) : unclear(`HTTP ${status}`);
}

type By = { readonly rules: AnswerRules; readonly reference: string };

function judgeSuccess(answer: Answered, tree: Tree, { rules, reference }: By): SendOutcome {
  const failed = rules.failure?.(tree) === true;
  const succeeded = rules.success === null || rules.success(tree);
  const says = complaintOf(tree, rules.complaint, answer.status);
  if (failed) return refuse(answer, says);
  if (!succeeded) {
    const isCoded = rules.complaint.code?.(tree) != null;
    return isCoded
      ? refuse(answer, says)
      : unclear(`HTTP ${answer.status} without the sign of success`);
  }
  if (rules.messageId === null) return { kind: 'accepted', providerMessageId: reference };
  const id = rules.messageId(tree);
  return id === null
    ? unclear(`HTTP ${answer.status} without a message id`)
    : { kind: 'accepted', providerMessageId: id };
}

/** A complaint ends the text, unless by its own meaning it may be tried again or leaves open what became of it. */
function refuse(answer: Answered, failure: SendFailure): SendOutcome {
  if (failure.kind === 'rate-limited') return notTaken(answer, failure);
  if (failure.kind === 'carrier-trouble') return { kind: 'unknown', failure };
  return { kind: 'refused', failure };
}

function notTaken({ headers }: Answered, failure: SendFailure): SendOutcome {
  return { kind: 'unsent', failure, retryAfterMs: readRetryAfter(headers, Date.now()) };
}

/** What the carrier says went wrong: by its code where that is known, else by the status. */
export function complaintOf(tree: Tree, rules: ComplaintRules, status: number): SendFailure {
  const [code, words] = [rules.code?.(tree) ?? null, rules.words?.(tree) ?? null];
  const said = [code, words].filter((each) => each !== null).join(': ');
  const kind = rules.kinds.get(code ?? '') ?? kindOfStatus(status);
  return { kind, raw: said === '' ? `HTTP ${status}` : said };
}
