import type { z } from 'zod';

import {
  type Unanswered,
  notOfShape,
  notTold,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked, HookAddress } from '#shared/provider/carrier-lists.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOfAnswer } from './failure-of.ts';

/** Where the carrier is, what it knows us by, and what it is to know of us. */
export type Access = {
  /** The address of version 2 of its API, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The messaging profile for senders and numbers that have none of their own. */
  readonly profileId: string | null;
  readonly numbers: readonly string[];
  readonly hooks: readonly HookAddress[];
};

/** The moment at which everything that belongs to one question must be answered, on the monotonic clock. */
export type Until = number;

export function until(deadlineMs: number): Until {
  return performance.now() + deadlineMs;
}

export type Request = {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the address of the API, beginning with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** One call of the API. Past its time none is made. */
export async function callTelnyx(access: Access, request: Request, end: Until): Promise<ApiAnswer> {
  const deadlineMs = Math.ceil(end - performance.now());
  if (deadlineMs <= 0) return tooLate;
  const { method, path, query, body } = request;
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  return await callApi({
    method,
    url: `${access.baseUrl}${path}${search}`,
    headers: {
      authorization: `Bearer ${access.apiKey}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    deadlineMs,
  });
}

const tooLate: Unanswered = {
  kind: 'unanswered',
  bytesLeft: 'no',
  reason: 'connect-timeout',
  code: null,
};

export type Question<Answer> = Request & { readonly shape: z.ZodType<Answer> };

/** An answer, or why there is none; `status` is null where nothing came at all. */
export type Reply<Answer> =
  | { readonly kind: 'told'; readonly answer: Answer }
  | { readonly kind: 'not-told'; readonly failure: SendFailure; readonly status: number | null };

/** Asks one question of the API and reads its answer. */
export async function ask<Answer>(
  access: Access,
  question: Question<Answer>,
  end: Until,
): Promise<Reply<Answer>> {
  if (end <= performance.now()) return outOfTime;
  const answer = await callTelnyx(access, question, end);
  const status = answer.kind === 'answered' ? answer.status : null;
  const isFine = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  const read = isFine ? question.shape.safeParse(readJson(answer.body)) : null;
  if (read?.success === true) return { kind: 'told', answer: read.data };
  const failure = failureIn(isFine ? notOfShape : notTold(answer, failureOfAnswer));
  return { kind: 'not-told', failure: withoutSecrets(failure, [access.apiKey]), status };
}

const outOfTime = {
  kind: 'not-told',
  failure: { kind: 'no-answer', raw: 'timeout' },
  status: null,
} as const;

function failureIn(asked: Asked<never>): SendFailure {
  return asked.kind === 'not-told' ? asked.failure : asked.answer;
}

/** An answer made into something else; why there is none stays as it is. */
export function map<From, To>(reply: Reply<From>, change: (answer: From) => To): Reply<To> {
  return reply.kind === 'told' ? { kind: 'told', answer: change(reply.answer) } : reply;
}

/** For what an account may lack: a refusal is the absence of the thing, not a failure of the question. */
export function orAbsent<Answer>(reply: Reply<Answer>): Reply<Answer | null> {
  const isAbsent = reply.kind === 'not-told' && (reply.status === 403 || reply.status === 404);
  return isAbsent ? { kind: 'told', answer: null } : reply;
}
