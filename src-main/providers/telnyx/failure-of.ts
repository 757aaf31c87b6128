import { type Answered, kindOfStatus } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { codesAboutFields, kindsByCode, kindsByField } from './failure-kinds.ts';
import { type Complaint, refusalShape } from './wire-types.ts';

/** A complaint as a failure of ours; an unknown code is `unmapped`. `raw` keeps the code and the carrier's words. */
export function failureOf(complaint: Complaint): SendFailure {
  const { code, title, detail } = complaint;
  const words = detail === title ? [title] : [title, detail];
  const raw = [code, ...words].filter((part) => part != null && part !== '').join(': ');
  return { kind: kindOf(complaint), raw };
}

function kindOf({ code, title, source }: Complaint): FailureKind {
  const field = source?.pointer?.split('/')[1] ?? '';
  if (codesAboutFields.has(code)) return kindsByField[field] ?? 'unmapped';
  // Some networks' bare rejections come under the code of STOP; who may have opted out is taken to have done so.
  const isRejection = /reject/i.test(title ?? '') && !/stop|opt/i.test(title ?? '');
  if (code === '40300' && isRejection) return 'filtered';
  return kindsByCode[code] ?? 'unmapped';
}

/** The first complaint of an answer; undefined where there is none to read. */
export function complaintIn({ body }: Answered): Complaint | undefined {
  return refusalShape.safeParse(readJson(body)).data?.errors[0];
}

/** Why an answer is a refusal: its complaint, or what its status says where there is none to read. */
export function failureOfAnswer(answer: Answered): SendFailure {
  const { status } = answer;
  const complaint = complaintIn(answer);
  if (complaint === undefined) return { kind: kindOfStatus(status), raw: `HTTP ${status}` };
  const failure = failureOf(complaint);
  // In some places the code of rate limits also stands for a bad request; the status tells them apart.
  const isBadRequest = complaint.code === '10011' && status === 400;
  return isBadRequest ? { ...failure, kind: 'unmapped' } : failure;
}
