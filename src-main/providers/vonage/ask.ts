import type { z } from 'zod';

import { notOfShape, notTold, withoutSecrets } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { Asked } from '#shared/provider/carrier-lists.ts';

import type { Access } from './access.ts';
import { type VonageAnswer, type VonageCall, callVonage } from './call-vonage.ts';
import { complaintOf } from './complaint-of.ts';

/** Asks Vonage for something and reads its answer by its shape. Anything but a 200 is no answer. */
export async function ask<Shape extends z.ZodType>(
  access: Access,
  { shape, ...call }: VonageCall & { readonly shape: Shape },
  deadlineMs: number,
): Promise<Asked<z.infer<Shape>>> {
  const called = await callVonage(access, call, deadlineMs);
  const { answer } = called;
  if (answer.kind !== 'answered' || answer.status !== 200) return failedAsking(called);
  const read = shape.safeParse(readJson(answer.body));
  return read.success ? { kind: 'told', answer: read.data } : notOfShape;
}

/** Why a question was not answered, in the one taxonomy and without secrets. */
export function failedAsking({ answer, secrets }: VonageAnswer): Asked<never> {
  const asked = notTold(answer, (answered) => complaintOf(answered).failure);
  if (asked.kind === 'told') return asked;
  return { ...asked, failure: withoutSecrets(asked.failure, secrets) };
}
