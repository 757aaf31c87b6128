import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';

const states: ReadonlyMap<string, ReceiptState> = new Map([
  ['queued', 'accepted'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['rejected', 'failed'],
]);

type Standing = { readonly state: ReceiptState; readonly failure: SendFailure | null };

/** The carrier's word for where a text out stands, in ours; null where the word is not known. */
export function standingOf(
  word: string,
  code: string | number | null | undefined,
  words?: string | null,
): Standing | null {
  const state = states.get(word.toLowerCase());
  if (state === undefined) return null;
  return { state, failure: state === 'failed' ? failureOf(code, words) : null };
}
