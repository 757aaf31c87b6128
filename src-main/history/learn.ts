import { type ReadableDb, type WritableDb, first } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { DeliveryState } from '#shared/message/delivery-state.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { Billing } from '#shared/provider/billing.ts';
import type { ReceiptReceived } from '#shared/provider/delivery.ts';

import { absorb } from './absorb.ts';
import type { Change } from './announce.ts';
import { saveProviderId } from './attempts.ts';
import { saveBilling } from './billing.ts';
import { changeConsent } from './change-consent.ts';
import { carrierOptOut } from './consent-of-texts.ts';
import { findEntry } from './entries.ts';
import { findInOutbox, removeFromOutbox } from './outbox.ts';
import { type Receipt, addReceipt } from './receipts.ts';
import { showChangedEntry } from './show-on-thread.ts';
import { placeOf } from './team-place.ts';
import { takeUnmatched } from './unmatched-receipts.ts';
import { addUsage } from './usage.ts';

/** Something a carrier said of a text of ours, with the carrier's id of it where it told one. */
export type Learnt = Receipt & {
  readonly billing?: Billing | null | undefined;
  readonly connectionId: string;
  readonly providerId: string | null;
};

const taken: readonly DeliveryState[] = ['accepted', 'sent', 'delivered'];

/**
 * The one place where a carrier's word about a text is written down: appends the receipt, takes the text out of the outbox,
 * counts its segments once an attempt, and applies receipts that had come before the carrier's id was known. Call it in a
 * transaction.
 */
export function learn(db: WritableDb, learnt: Learnt): Change[] {
  if (taken.includes(learnt.state) && !wasTaken(db, learnt))
    addUsage(db, learnt.at, segmentsOf(db, learnt.entryId));
  const removed = learnt.providerId === null ? [] : absorb(db, learnt, learnt.providerId);
  addReceipt(db, learnt);
  if (learnt.billing) saveBilling(db, learnt.entryId, learnt.billing);
  const early = learnt.providerId === null ? [] : matchEarlyReceipts(db, learnt, learnt.providerId);
  for (const receipt of early) {
    addReceipt(db, asReceipt(learnt, receipt));
    if (receipt.billing) saveBilling(db, learnt.entryId, receipt.billing);
  }
  const blocked = noteBlocked(db, learnt, early);
  settleOutbox(db, learnt, [learnt.state, ...early.map(({ state }) => state)]);
  showChangedEntry(db, learnt.entryId);
  return [...removed, ...blocked, { kind: 'entry-changed', entryId: learnt.entryId }];
}

/* The carrier knows of an opt-out that did not come here: it holds for every line. */
function noteBlocked(db: WritableDb, learnt: Learnt, early: readonly ReceiptReceived[]): Change[] {
  const refusals = [learnt, ...early].filter(({ failure }) => failure?.kind === 'opted-out');
  const entry = refusals.length === 0 ? undefined : findEntry(db, learnt.entryId);
  if (entry === undefined) return [];
  const { threadId, uid } = entry;
  const { line, peer } = placeOf(db, threadId);
  const { attempt, at } = learnt;
  return refusals.flatMap(({ failure }) => {
    const event = carrierOptOut({ uid, attempt, at, peer, line, code: failure?.raw ?? null });
    return changeConsent(db, event, { threadId, by: null, now: at });
  });
}

/** A delivery in any attempt ends the text; anything else ends only the attempt it is about. */
function settleOutbox(
  db: WritableDb,
  { entryId, attempt }: Learnt,
  states: readonly DeliveryState[],
): void {
  const waiting = findInOutbox(db, entryId);
  if (waiting === undefined) return;
  const endsIt =
    waiting.attempt === attempt || (states.includes('delivered') && waiting.state !== 'sending');
  if (endsIt) removeFromOutbox(db, entryId);
}

function matchEarlyReceipts(db: WritableDb, learnt: Learnt, providerId: string): ReceiptReceived[] {
  saveProviderId(db, learnt, providerId);
  return takeUnmatched(db, learnt.connectionId, providerId);
}

function asReceipt(learnt: Learnt, receipt: ReceiptReceived): Receipt {
  const { entryId, attempt, at } = learnt;
  const { state, failure, happenedAt } = receipt;
  return { entryId, attempt, at, state, failure, happenedAt, source: 'webhook' };
}

function wasTaken(db: ReadableDb, { entryId, attempt }: Learnt): boolean {
  const row = first(
    db,
    sql`SELECT 1 FROM receipts WHERE entry_id = ${entryId} AND attempt = ${attempt} AND state IN ('accepted', 'sent', 'delivered')`,
  );
  return row !== undefined;
}

function segmentsOf(db: ReadableDb, entryId: EntryId): number {
  return (
    first<{ segments: number }>(db, sql`SELECT segments FROM entries WHERE id = ${entryId}`)
      ?.segments ?? 0
  );
}
