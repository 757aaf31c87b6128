import type { ReceiptReceived } from '#shared/provider/delivery.ts';
import type { SendFailure } from '#shared/provider/send-failure.ts';

import type { ReceiptRules } from './delivery-rules.ts';
import { complaintOf } from './judge-answer.ts';
import { readMoment } from './read-moment.ts';
import type { Tree } from './reply/read-tree.ts';
import { unreadable } from './unreadable.ts';

/** Where a text of ours stands. No event where the status is one that nobody has said the meaning of. */
export function readReceipt(
  rules: ReceiptRules,
  tree: Tree,
  fromAddress: string | null,
): readonly ReceiptReceived[] {
  const status = rules.status(tree);
  if (status === null) throw unreadable('receipts.status');
  const names = namesOf(rules, tree, fromAddress);
  const state = rules.states.get(status.toLowerCase());
  if (state === undefined) return [];
  const failure = state === 'failed' ? failureOf(rules, tree, status) : null;
  const happenedAt = readMoment(rules.time?.(tree) ?? null);
  return [{ kind: 'receipt', ...names, state, failure, happenedAt }];
}

type Names = Pick<ReceiptReceived, 'providerMessageId' | 'reference'>;

/** The text's id, or our own reference where that is all there is. */
function namesOf(rules: ReceiptRules, tree: Tree, fromAddress: string | null): Names {
  const reference = fromAddress ?? rules.reference?.(tree) ?? null;
  const providerMessageId = rules.id?.(tree) ?? reference;
  if (providerMessageId === null)
    throw unreadable(rules.id === null ? 'receipts.reference' : 'receipts.id');
  return { providerMessageId, reference };
}

function failureOf({ complaint }: ReceiptRules, tree: Tree, status: string): SendFailure {
  const { kind, raw } = complaintOf(tree, complaint, 200);
  const isExpired = kind === 'unmapped' && status.toLowerCase() === 'expired';
  return { kind: isExpired ? 'expired' : kind, raw: raw === 'HTTP 200' ? status : raw };
}
