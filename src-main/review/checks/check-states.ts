import { type Receipt, listReceipts } from '#main/history/receipts.ts';
import { fromBlob } from '#main/history/uid.ts';
import { type ReadableDb, each } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type DeliveryState, deriveState } from '#shared/message/delivery-state.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { Faults, type Finding, inDigits } from './finding.ts';

type Row = {
  id: EntryId;
  uid: Uint8Array;
  state: DeliveryState;
  failure: string | null;
  undecided: number;
};

const textsOut = sql`SELECT id, uid, state, failure_kind AS failure, undecided FROM entries
  WHERE kind = 'text' AND direction = 'out'`;
const strangeTextsIn = sql`SELECT uid, state FROM entries WHERE kind = 'text' AND direction = 'in' AND state <> 'received'`;

/** Does every text show what was learnt about it? All of them are looked at. */
export function checkStates(db: ReadableDb): Finding {
  const faults = new Faults();
  let texts = 0;
  for (const row of each<Row>(db, textsOut)) {
    texts += 1;
    const fault = faultOf(row, listReceipts(db, row.id));
    if (fault !== null) faults.add(`text ${fromBlob(row.uid)} ${fault}`);
  }
  for (const row of each<Pick<Row, 'uid' | 'state'>>(db, strangeTextsIn))
    faults.add(`text ${fromBlob(row.uid)} came in and is shown as ${row.state}`);
  return faults.judge('states', `All ${inDigits(texts)} texts out show what was learnt of them.`);
}

function faultOf({ state, failure, undecided }: Row, receipts: readonly Receipt[]): string | null {
  if (receipts.length === 0) return 'has no receipt at all';
  const derived = deriveState(receipts);
  if (derived !== state) return `is shown as ${state}, and its receipts say ${derived}`;
  if (undecided === 1 && state !== 'unknown')
    return `waits for a decision, and its outcome is known: ${state}`;
  const told = failureOf(derived, receipts);
  return told === failure
    ? null
    : `is shown with failure ${failure ?? 'none'}, and its receipts say ${told ?? 'none'}`;
}

/** Why it is in this state, by the newest receipt of the latest attempt that says so. */
function failureOf(state: DeliveryState, receipts: readonly Receipt[]): string | null {
  const latest = Math.max(...receipts.map(({ attempt }) => attempt));
  const cause = receipts.findLast(
    (receipt) => receipt.attempt === latest && receipt.state === state && receipt.failure !== null,
  );
  return cause?.failure?.kind ?? null;
}
