import type { z } from 'zod';

import { type Answered, kindOfStatus } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { kindOfCode } from './failure-codes.ts';
import { problemShape, restAnswerShape } from './wire-types.ts';

/** A complaint as Vonage makes it: its code, or the word that stands for one, and the failure it comes to. */
export type Complaint = { readonly code: string | null; readonly failure: SendFailure };

/** Reads a refusal: a problem of `api.nexmo.com` or an error code of `rest.nexmo.com`. */
export function complaintOf({ status, body }: Answered): Complaint {
  const read = readJson(body);
  const problem = problemShape.safeParse(read).data;
  if (problem !== undefined) return complaintOfProblem(status, problem);
  const rest = restAnswerShape.safeParse(read).data;
  if (rest === undefined)
    return { code: null, failure: { kind: kindOf(status), raw: `HTTP ${status}` } };
  const raw = `${rest['error-code']}: ${rest['error-code-label'] ?? ''}`;
  return { code: rest['error-code'], failure: { kind: kindOf(Number(rest['error-code'])), raw } };
}

type Problem = z.infer<typeof problemShape>;

/** The code is the title where that is a number, else what stands behind the # of the type. */
function complaintOfProblem(status: number, problem: Problem): Complaint {
  const { title, type } = problem;
  const anchor = type?.split('#')[1] ?? '';
  const code = /^\d+$/.test(title) || anchor === '' ? title : anchor;
  const field = problem.invalid_parameters?.[0];
  const words = [problem.detail ?? title, field && `${field.name}: ${field.reason}`];
  const raw = `${code}: ${words.filter((part) => part !== undefined).join(' ')}`;
  const kind = kindOfCode('message', code) ?? kindOfField(field?.name) ?? kindOf(status);
  return { code, failure: { kind, raw } };
}

const kindsByField: ReadonlyMap<string, FailureKind> = new Map([
  ['to', 'invalid-number'],
  ['from', 'not-allowed'],
  ['text', 'content'],
  ['image', 'media'],
  ['audio', 'media'],
  ['video', 'media'],
  ['vcard', 'media'],
  ['file', 'media'],
  ['content', 'media'],
]);

function kindOfField(name: string | undefined): FailureKind | undefined {
  return kindsByField.get(name?.split(/[.[]/)[0] ?? '');
}

/** 420 is the number API's word for something it will not do; 403 is about what the account may do, not who it is. */
function kindOf(status: number): FailureKind {
  return status === 403 || status === 420 ? 'not-allowed' : kindOfStatus(status);
}
