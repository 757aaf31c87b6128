import { type ReadableDb, type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type DeliveryState, deriveState } from '#shared/message/delivery-state.ts';
import type { EntryId } from '#shared/message/entry.ts';
import type { Billing } from '#shared/provider/billing.ts';
import type { FailureKind, SendFailure } from '#shared/provider/send-failure.ts';

import { saveState } from './entries.ts';
import { findInOutbox } from './outbox.ts';
import { tellLearnt } from './tell-learnt.ts';

/** One thing learnt about an outbound text; only ever appended. */
export type Receipt = {
  readonly entryId: EntryId;
  readonly attempt: number;
  readonly state: DeliveryState;
  readonly failure: SendFailure | null;
  /** Who said so: ourselves, the carrier's answer to the send, its webhook, or its list. */
  readonly source: 'own' | 'answer' | 'webhook' | 'list';
  /** When we learnt it, and when the carrier says it happened: milliseconds since 1970. */
  readonly at: number;
  readonly happenedAt: number | null;
  /** The carrier's id of the text and what it charged, where that was told with it. */
  readonly providerId?: string | null;
  readonly billing?: Billing | null | undefined;
  /** A colleague's desktop told it, so the team knows. */
  readonly fromTeam?: boolean;
};

type Row = {
  attempt: number;
  state: DeliveryState;
  failure_kind: FailureKind | null;
  failure_raw: string | null;
  source: Receipt['source'];
  at: number;
  happened_at: number | null;
};

/** Everything learnt about a text, in the order in which it was learnt. */
export function listReceipts(db: ReadableDb, entryId: EntryId): Receipt[] {
  return listRows(db, entryId).map((row) => ({
    entryId,
    attempt: row.attempt,
    state: row.state,
    failure: row.failure_kind === null ? null : { kind: row.failure_kind, raw: row.failure_raw },
    source: row.source,
    at: row.at,
    happenedAt: row.happened_at,
  }));
}

function listRows(db: ReadableDb, entryId: EntryId): Row[] {
  return all<Row>(
    db,
    sql`SELECT attempt, state, failure_kind, failure_raw, source, at, happened_at FROM receipts
        WHERE entry_id = ${entryId} ORDER BY id`,
  );
}

/** Appends what was learnt, tells it to the team, and derives the state to show anew from all of it. */
export function addReceipt(db: WritableDb, receipt: Receipt): void {
  run(
    db,
    sql`INSERT INTO receipts (entry_id, attempt, state, failure_kind, failure_raw, source, at, happened_at)
        VALUES (${receipt.entryId}, ${receipt.attempt}, ${receipt.state}, ${receipt.failure?.kind ?? null},
                ${receipt.failure?.raw ?? null}, ${receipt.source}, ${receipt.at}, ${receipt.happenedAt})`,
  );
  if (receipt.fromTeam !== true) tellLearnt(db, receipt);
  // News of an older attempt takes no question off the person's hands.
  const isAsked = findInOutbox(db, receipt.entryId)?.state === 'undecided';
  showDerivedState(db, receipt.entryId, isAsked);
}

/** Derives the shown state of a text from its receipts. `undecided`: a person must say what to do. */
export function showDerivedState(db: WritableDb, entryId: EntryId, undecided: boolean): void {
  const rows = listRows(db, entryId);
  const state = deriveState(rows);
  const latest = Math.max(...rows.map(({ attempt }) => attempt));
  const cause = rows.findLast(
    (row) => row.attempt === latest && row.state === state && row.failure_kind !== null,
  );
  saveState(db, entryId, {
    state,
    failure_kind: cause?.failure_kind ?? null,
    failure_raw: cause?.failure_raw ?? null,
    undecided: undecided && state === 'unknown' ? 1 : 0,
  });
}
