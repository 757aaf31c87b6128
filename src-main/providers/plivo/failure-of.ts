import { type Answered, kindOfStatus } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { complaintShape } from './wire-types.ts';

/** The carrier's codes of undelivered and failed texts. 1000 says of itself that it is unknown. */
const kinds: ReadonlyMap<number, FailureKind> = new Map([
  [10, 'content'],
  [20, 'carrier-trouble'],
  [30, 'filtered'],
  [40, 'not-allowed'],
  [50, 'unknown-number'],
  [60, 'filtered'],
  [70, 'unknown-number'],
  [80, 'unreachable'],
  [90, 'carrier-trouble'],
  [100, 'not-allowed'],
  [110, 'too-long'],
  [120, 'media'],
  [200, 'opted-out'],
  [201, 'not-allowed'],
  [300, 'carrier-trouble'],
  [420, 'expired'],
  [450, 'not-allowed'],
  [900, 'balance'],
]);

/** Refusals have no codes but words; the first that fits counts. */
const kindsByWords: readonly (readonly [RegExp, FailureKind])[] = [
  [/10dlc|campaign|unregistered|not registered|unverified/i, 'not-registered'],
  [/credit|balance/i, 'balance'],
  [/opted? ?out|unsubscribed|\bstop\b/i, 'opted-out'],
  [/spam|filter/i, 'filtered'],
  [/media/i, 'media'],
  [/(text|message).*(long|length|exceed)/i, 'too-long'],
  [/\bdst\b|destination|recipient/i, 'invalid-number'],
  [/\bsrc\b|source|sender/i, 'not-allowed'],
];

type Code = string | number | null | undefined;

/** The carrier's code and words as a failure of ours; what neither tells is `unmapped`. `raw` keeps both. */
export function failureOf(code: Code, words?: string | null): SendFailure {
  const byCode = code == null || code === '' ? undefined : kinds.get(Number(code));
  const raw = [code, words].filter((part) => part != null && part !== '').join(': ');
  return { kind: byCode ?? kindByWords(words ?? '') ?? 'unmapped', raw: raw === '' ? null : raw };
}

/** What an answer of refusal complains of. */
export function complaintOf({ status, body }: Answered): SendFailure {
  const error = complaintShape.safeParse(readJson(body)).data?.error;
  if (error === undefined) return { kind: kindOfRefusal(status), raw: `HTTP ${status}` };
  const words = typeof error === 'string' ? error : JSON.stringify(error);
  const clear = [401, 402, 403, 413].includes(status);
  const kind = clear ? null : kindByWords(words);
  return { kind: kind ?? kindOfRefusal(status), raw: `${status}: ${words}` };
}

function kindByWords(words: string): FailureKind | undefined {
  return kindsByWords.find(([pattern]) => pattern.test(words))?.[1];
}

/** 403 is about countries and numbers; wrong credentials are 401. */
function kindOfRefusal(status: number): FailureKind {
  return status === 403 ? 'not-allowed' : kindOfStatus(status);
}
