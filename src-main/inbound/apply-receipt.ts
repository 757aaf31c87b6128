import type { Change } from '#main/history/announce.ts';
import {
  type Attempt,
  findAttemptByProviderId,
  findAttemptWithoutId,
} from '#main/history/attempts.ts';
import { noteHeard } from '#main/history/connections.ts';
import { findEntry, findEntryByUid } from '#main/history/entries.ts';
import { learn } from '#main/history/learn.ts';
import { keepUnmatched } from '#main/history/unmatched-receipts.ts';
import type { ReadableDb, WritableDb } from '#main/sqlite/database.ts';
import type { RawDelivery, ReceiptReceived } from '#shared/provider/delivery.ts';

/**
 * Writes down a receipt. Doubled, late and reversed receipts are harmless, because the state shown is derived from all of
 * them by rank. One that comes before the carrier's id of its text is known waits for it.
 */
export function applyReceipt(db: WritableDb, raw: RawDelivery, receipt: ReceiptReceived): Change[] {
  const attempt = findAttempt(db, raw.connectionId, receipt);
  if (attempt === undefined) {
    keepUnmatched(db, raw.connectionId, { receipt, at: raw.receivedAt });
    return [];
  }
  const threadId = findEntry(db, attempt.entryId)?.threadId;
  if (threadId !== undefined) {
    noteHeard(db, {
      connectionId: raw.connectionId,
      threadId,
      what: 'receipt',
      at: raw.receivedAt,
    });
  }
  return learn(db, {
    entryId: attempt.entryId,
    attempt: attempt.attempt,
    connectionId: raw.connectionId,
    providerId: receipt.providerMessageId,
    state: receipt.state,
    failure: receipt.failure,
    source: 'webhook',
    at: raw.receivedAt,
    happenedAt: receipt.happenedAt,
    billing: receipt.billing,
  });
}

function findAttempt(
  db: ReadableDb,
  connectionId: string,
  receipt: ReceiptReceived,
): Attempt | undefined {
  const byId = findAttemptByProviderId(db, connectionId, receipt.providerMessageId);
  const entry = receipt.reference === null ? undefined : findEntryByUid(db, receipt.reference);
  // Under this id stands what the list told alone, if it is not the text that the carrier echoes.
  if (entry === undefined || byId?.entryId === entry.id) return byId;
  return findAttemptWithoutId(db, connectionId, entry.id) ?? byId;
}
