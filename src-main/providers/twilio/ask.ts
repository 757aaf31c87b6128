import type { z } from 'zod';

import {
  type Answered,
  kindOfStatus,
  notOfShape,
  notTold,
  withoutSecrets,
} from '#main/http/answer-outcomes.ts';
import { type ApiAnswer, callApi } from '#main/http/call-api.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { Access, Host } from './access.ts';
import { failureOf } from './failure-of.ts';
import { complaintShape } from './wire-types.ts';

/** One question of the API: what to call, what to send, and the shape of a good answer. */
export type Question<Shape extends z.ZodType> = {
  readonly host: Host;
  /** Path and query, beginning with a slash. */
  readonly path: string;
  /** What to change, as a form; null to read. */
  readonly form: URLSearchParams | null;
  readonly shape: Shape;
};

/** Asks one thing and reads the answer, until a moment of `performance.now()`. */
export async function ask<Shape extends z.ZodType>(
  access: Access,
  question: Question<Shape>,
  until: number,
): Promise<Asked<z.infer<Shape>>> {
  const answer = await call(access, question, until);
  const good = answer.kind === 'answered' && (answer.status === 200 || answer.status === 201);
  if (!good) return notTold(answer, (told) => complaintOf(access, told));
  const read = question.shape.safeParse(readJson(answer.body));
  return read.success ? { kind: 'told', answer: read.data } : notOfShape;
}

/** Calls the API with the account's credentials. */
export async function call(
  access: Access,
  { host, path, form }: Pick<Question<z.ZodType>, 'host' | 'path' | 'form'>,
  until: number,
): Promise<ApiAnswer> {
  const deadlineMs = until - performance.now();
  if (deadlineMs <= 0)
    return { kind: 'unanswered', bytesLeft: 'no', reason: 'connect-timeout', code: null };
  return await callApi({
    method: form === null ? 'GET' : 'POST',
    url: access.origins[host] + path,
    headers: {
      authorization: access.authorization,
      accept: 'application/json',
      ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    body: form === null ? null : form.toString(),
    deadlineMs,
  });
}

/** What the carrier complains of, without any credential. */
export function complaintOf({ secrets }: Access, { status, body }: Answered): SendFailure {
  const read = complaintShape.safeParse(readJson(body));
  const code = read.data?.code;
  const failure: SendFailure =
    code == null
      ? { kind: kindOfStatus(status), raw: `HTTP ${status}` }
      : failureOf({ code, words: read.data?.message });
  return withoutSecrets(failure, secrets);
}
