import type { SendOutcome } from '#shared/provider/provider.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { meaningOf, statusWords } from './command-status.ts';
import type { PartAnswer } from './part-answer.ts';
import { nameOf } from './part-book.ts';

/** How a text of one part, or one whose first part was not taken, ended. `pauseMs`: how long nothing may leave now. */
export function judgeFirst(answer: PartAnswer, pauseMs: number): SendOutcome {
  switch (answer.kind) {
    case 'taken':
      return { kind: 'accepted', providerMessageId: answer.id };
    case 'lost':
      return { kind: 'unknown', failure: { kind: 'no-answer', raw: answer.reason } };
    case 'unwritten':
      return { kind: 'unsent', failure: { kind: 'network', raw: 'not bound' }, retryAfterMs: null };
    case 'rejected': {
      const { kind, answering } = meaningOf(answer.status);
      const failure = { kind, raw: statusWords(answer.status) };
      if (answering === 'slower') return { kind: 'unsent', failure, retryAfterMs: pauseMs };
      if (answering === 'later' || answering === 'rebind')
        return { kind: 'unsent', failure, retryAfterMs: null };
      return { kind: 'refused', failure };
    }
  }
}

/**
 * How a text in parts ended whose first part was taken: it is taken when all are, and failed for good when one certainly is not,
 * because its beginning is on the road already.
 */
export function judgeAll(answers: readonly PartAnswer[]): SendOutcome {
  const failed = answers.findIndex(({ kind }) => kind === 'rejected' || kind === 'unwritten');
  const bad = answers[failed];
  if (bad !== undefined) {
    const { kind, raw } = failureOf(bad);
    const words = `${raw} (part ${failed + 1} of ${answers.length}; others were taken)`;
    return { kind: 'refused', failure: { kind, raw: words } };
  }
  const lost = answers.find((answer) => answer.kind === 'lost');
  if (lost !== undefined)
    return { kind: 'unknown', failure: { kind: 'no-answer', raw: lost.reason } };
  return {
    kind: 'accepted',
    providerMessageId: nameOf(idsOf(answers).filter((id) => id !== null)),
  };
}

/** The carrier's ids of the parts, in order; null of those nobody knows about. */
export const idsOf = (answers: readonly PartAnswer[]): readonly (string | null)[] =>
  answers.map((answer) => (answer.kind === 'taken' ? answer.id : null));

function failureOf(answer: PartAnswer): SendFailure {
  if (answer.kind === 'rejected')
    return { kind: meaningOf(answer.status).kind, raw: statusWords(answer.status) };
  return { kind: 'carrier-trouble', raw: 'the connection was lost before it left' };
}
