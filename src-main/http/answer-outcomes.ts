import type { Asked } from '#shared/provider/carrier-lists.ts';
import type { SendOutcome } from '#shared/provider/provider.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import type { ApiAnswer } from './call-api.ts';

export type Answered = Extract<ApiAnswer, { kind: 'answered' }>;
export type Unanswered = Extract<ApiAnswer, { kind: 'unanswered' }>;

/** How a send ended that got no answer: never taken where no byte was written, unknown in every other case. */
export function outcomeWithoutAnswer(answer: Unanswered): SendOutcome {
  return answer.bytesLeft === 'no'
    ? { kind: 'unsent', failure: failureWithoutAnswer(answer), retryAfterMs: null }
    : { kind: 'unknown', failure: failureWithoutAnswer(answer) };
}

/** An answer that leaves open whether the text was taken. `raw` says what came, without content. */
export function unclear(raw: string): SendOutcome {
  return { kind: 'unknown', failure: { kind: 'no-answer', raw } };
}

/** Why a question to a carrier was not answered. `failureOf` reads the carrier's own complaint. */
export function notTold(
  answer: ApiAnswer,
  failureOf: (answer: Answered) => SendFailure,
): Asked<never> {
  const failure = answer.kind === 'unanswered' ? failureWithoutAnswer(answer) : failureOf(answer);
  return { kind: 'not-told', failure };
}

/** An answer that should have been the thing asked for and is not of its shape. */
export const notOfShape: Asked<never> = {
  kind: 'not-told',
  failure: { kind: 'carrier-trouble', raw: 'an answer of another shape' },
};

/** What a status code says where the carrier's body says nothing that is known. */
export function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'credentials';
  if (status === 402) return 'balance';
  if (status === 413) return 'too-long';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'carrier-trouble' : 'unmapped';
}

function failureWithoutAnswer({ bytesLeft, code, reason }: Unanswered): SendFailure {
  const raw = code === null ? reason : `${reason}: ${code}`;
  return { kind: bytesLeft === 'no' ? 'network' : 'no-answer', raw };
}

const longestRaw = 300;

/** What answers at a wrong address may well repeat what it was sent: no secret stays in a failure's words, nor more than 300 characters. */
export function withoutSecrets(failure: SendFailure, secrets: readonly string[]): SendFailure {
  const raw = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text?.replaceAll(secret, '***') ?? null, failure.raw);
  return { ...failure, raw: raw?.slice(0, longestRaw) ?? null };
}
