import type { FailureKind } from '#shared/provider/send-failure.ts';

/** What a final answer to a MESSAGE means where it is a refusal (RFC 3261 21 and the registry of response codes). */
export const refusals: ReadonlyMap<number, FailureKind> = new Map([
  [402, 'balance'],
  [403, 'not-allowed'],
  [404, 'unknown-number'],
  [405, 'not-allowed'],
  [406, 'content'],
  [410, 'unknown-number'],
  [413, 'too-long'],
  [414, 'invalid-number'],
  [415, 'content'],
  [416, 'invalid-number'],
  [420, 'not-allowed'],
  [421, 'not-allowed'],
  [428, 'not-allowed'],
  [433, 'not-allowed'],
  [436, 'not-allowed'],
  [437, 'not-allowed'],
  [438, 'not-allowed'],
  [480, 'unreachable'],
  [482, 'carrier-trouble'],
  [483, 'carrier-trouble'],
  [484, 'invalid-number'],
  [485, 'invalid-number'],
  [486, 'unreachable'],
  [488, 'content'],
  [493, 'content'],
  [494, 'not-allowed'],
  [501, 'not-allowed'],
  [505, 'not-allowed'],
  [513, 'too-long'],
  [600, 'unreachable'],
  [603, 'filtered'],
  [604, 'unknown-number'],
  [606, 'content'],
  [607, 'opted-out'],
  [608, 'filtered'],
]);

/** Answers by which a server says that it does not take MESSAGE from this account at all. */
export const methodRefused: ReadonlySet<number> = new Set([405, 501]);
