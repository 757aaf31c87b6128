import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';
import type { Complaint, Message } from './wire-types.ts';

/** Where a text out stands; `failure` is null where it has not failed. */
export type Standing = { readonly state: ReceiptState; readonly failure: SendFailure | null };

/** The words of messages and events, and those of detail records, which has its own for the same. */
const states: ReadonlyMap<string, ReceiptState> = new Map([
  ['scheduled', 'accepted'],
  ['queued', 'accepted'],
  ['sending', 'accepted'],
  ['sent', 'sent'],
  ['delivering', 'sent'],
  ['delivered', 'delivered'],
  // Final, but only in that no receipt will come: the text may well have arrived.
  ['delivery_unconfirmed', 'sent'],
  ['dlr_unconfirmed', 'sent'],
  ['dlr_timeout', 'sent'],
  ['delivery_failed', 'failed'],
  ['sending_failed', 'failed'],
  ['expired', 'failed'],
  ['cancelled', 'failed'],
  ['canceled', 'failed'],
  ['undelivered', 'failed'],
  ['failed', 'failed'],
  ['gw_timeout', 'failed'],
  ['gw_reject', 'failed'],
]);

/** What a failed status says by itself, where no error comes with it. */
const kindsByStatus: ReadonlyMap<string, FailureKind> = new Map([
  ['expired', 'expired'],
  ['gw_timeout', 'carrier-trouble'],
]);

/** A status and its errors in our words; null for a status nobody knows. */
export function readStatus(
  status: string | null | undefined,
  errors: readonly Complaint[],
): Standing | null {
  const state = states.get(status ?? '');
  if (state === undefined || status == null) return null;
  if (state !== 'failed') return { state, failure: null };
  const [error] = errors;
  const failure =
    error === undefined
      ? { kind: kindsByStatus.get(status) ?? ('unmapped' as const), raw: status }
      : failureOf(error);
  return { state, failure };
}

/** Where a text out stands: the carrier keeps the status with the recipient, of whom our texts have one. */
export function standingOf({ to, errors }: Pick<Message, 'to' | 'errors'>): Standing | null {
  return readStatus(to[0]?.status, errors);
}
