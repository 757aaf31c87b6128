import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';

/** The carrier's words for where a text out stands. What is only waiting there tells nothing new: it was accepted. */
const states: ReadonlyMap<string, ReceiptState> = new Map([
  ['accepted', 'accepted'],
  ['scheduled', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['partially_delivered', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

export type WireState = {
  readonly status: string;
  readonly code: number | string | null | undefined;
  readonly words: string | null | undefined;
};

export type TextState = { readonly state: ReceiptState; readonly failure: SendFailure | null };

/** Where a text out stands; null for a word that is not known, because a wrong state is worse than none. */
export function readState({ status, code, words }: WireState): TextState | null {
  const state = states.get(status);
  if (state === undefined) return null;
  if (state !== 'failed') return { state, failure: null };
  if (code == null || code === '') return { state, failure: { kind: 'unmapped', raw: status } };
  return { state, failure: failureOf({ code, words }) };
}
