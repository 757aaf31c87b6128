import { type Answered, kindOfStatus } from '#main/http/answer-outcomes.ts';
import { readJson } from '#main/http/read-json.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { complaintShape } from './wire-types.ts';

/** The carrier's codes of receipts ("Delivery Receipt Response Codes"): those that tell of a failure. */
const kinds: ReadonlyMap<number, FailureKind> = new Map([
  [1005, 'filtered'],
  [1006, 'expired'],
  [1101, 'not-allowed'],
  [1102, 'unknown-number'],
  [1103, 'not-allowed'],
  [1104, 'not-allowed'],
  [1105, 'unreachable'],
  [1106, 'carrier-trouble'],
  [1107, 'not-allowed'],
  [1108, 'invalid-number'],
  [1109, 'not-allowed'],
  [1110, 'opted-out'],
  [1111, 'carrier-trouble'],
  [1112, 'unknown-number'],
  [1115, 'carrier-trouble'],
  [1116, 'landline'],
  [1150, 'filtered'],
  [1152, 'filtered'],
  [1201, 'too-long'],
  [1204, 'carrier-trouble'],
  [1205, 'not-allowed'],
  [1206, 'invalid-number'],
  [1210, 'carrier-trouble'],
  [1219, 'not-allowed'],
  [1220, 'not-allowed'],
  [1221, 'invalid-number'],
  [1222, 'invalid-number'],
]);

/** The table is longer than what is published of it, so what no code says the words may; the first that fits counts. */
const kindsByWords: readonly (readonly [RegExp, FailureKind])[] = [
  [/opted? ?out|\bstop\b|blacklist/i, 'opted-out'],
  [/spam|filter|block/i, 'filtered'],
  [/not registered|unregistered|campaign|10dlc|brand/i, 'not-registered'],
  [/landline|not text enabled/i, 'landline'],
  [/credit|balance|funds/i, 'balance'],
  [/media|byte limit|file at|attachment/i, 'media'],
  [/too long|length|maximum.*characters/i, 'too-long'],
  [/expired?\b/i, 'expired'],
  [/unreachable|absent|handset|switched off/i, 'unreachable'],
  [/unknown subscriber|not in service|disconnected|unallocated/i, 'unknown-number'],
  [/(\bfrom\b|source|sender).*(invalid|not|unauthori[sz]ed|must)/i, 'not-allowed'],
  [/invalid (source|from|sender)/i, 'not-allowed'],
  [/(\bto\b|destination|recipient).*(invalid|not a valid|must)/i, 'invalid-number'],
  [/invalid (destination|recipient|to\b|phone)/i, 'invalid-number'],
  [/congest|time-?out|timed out|temporar|system error|queue full/i, 'carrier-trouble'],
];

type Code = string | number | null | undefined;

/** The carrier's code and words as a failure of ours; what neither tells is `unmapped`. `raw` keeps both. */
export function failureOf(code: Code, words: string | null | undefined): SendFailure {
  const byWords = kindsByWords.find(([pattern]) => pattern.test(words ?? ''))?.[1];
  const raw = [code, words].filter((part) => part != null && part !== '').join(': ');
  return {
    kind: kinds.get(Number(code)) ?? byWords ?? 'unmapped',
    raw: raw === '' ? null : raw,
  };
}

/** What an answer of refusal complains of. */
export function complaintOf({ status, body }: Answered): SendFailure {
  const [error] = complaintShape.safeParse(readJson(body)).data?.errors ?? [];
  if (error === undefined) return { kind: kindOfRefusal(status), raw: `HTTP ${status}` };
  const { kind, raw } = failureOf(error.code ?? status, error.detail ?? error.title);
  return { kind: status === 401 || kind === 'unmapped' ? kindOfRefusal(status) : kind, raw };
}

/** The keys are good where the carrier answers 403: it is the number that may not send. */
function kindOfRefusal(status: number): FailureKind {
  return status === 403 ? 'not-allowed' : kindOfStatus(status);
}
