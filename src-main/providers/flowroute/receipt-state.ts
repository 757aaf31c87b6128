import type { ReceiptState } from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import { failureOf } from './failure-of.ts';
import type { ReceiptWire } from './wire-types.ts';

type Standing = { readonly state: ReceiptState; readonly failure: SendFailure | null };

const standing = (state: ReceiptState): Standing => ({ state, failure: null });

/** What the carrier's codes say; every code that is not here and not below 1000 tells of a failure. */
const states: ReadonlyMap<number, ReceiptState> = new Map([
  [1000, 'accepted'],
  [1001, 'accepted'],
  [1002, 'sent'],
  [1003, 'sent'],
  [1004, 'delivered'],
]);

const failing = /fail|reject|error|undeliver|not delivered|expired?\b|invalid|denied|spam/i;
const delivered = /\bdelivered\b/i;
const sent = /smsc submit|submitted|buffered|\bsent\b|accepted by carrier/i;
const queued = /queued|accepted|pending/i;

/**
 * Where a text stands by one receipt; null where it says nothing known. The code counts before the words, and the words of
 * failure before those of success, because "not delivered" holds both. The carrier's status is free text.
 */
export function standingOf(receipt: ReceiptWire): Standing | null {
  const { status_code: code, status, status_code_description: description } = receipt;
  const byCode = states.get(Number(code ?? Number.NaN));
  if (byCode !== undefined) return standing(byCode);
  const words = [status, description].filter((part) => part != null).join(' ');
  if (Number(code ?? 0) >= 1_005 || failing.test(words))
    return { state: 'failed', failure: failureOf(code, description ?? status) };
  if (delivered.test(words)) return standing('delivered');
  if (sent.test(words)) return standing('sent');
  return queued.test(words) ? standing('accepted') : null;
}
