import { type WritableDb, transact } from '#main/sqlite/database.ts';
import type { BilledRow, TakenRows } from '#shared/contract/cost-commands.ts';
import type { Billing } from '#shared/provider/billing.ts';

import { findAttemptByProviderId, findLatestAttempt } from './attempts.ts';
import { findBilling, saveBilling } from './billing.ts';

type Asked = {
  readonly connectionId: string;
  readonly rows: readonly BilledRow[];
  /** Nothing is kept. */
  readonly dryRun: boolean;
};

/**
 * Takes rows of a carrier's record file, in one transaction. What was known and is left out stays, as with receipts; a row
 * taken twice changes nothing the second time.
 */
export function takeBilledRows(db: WritableDb, { connectionId, rows, dryRun }: Asked): TakenRows {
  const refused: { row: number; because: string }[] = [];
  let [changed, unchanged] = [0, 0];
  transact(db, () => {
    for (const row of rows) {
      const outcome = takeRow(db, connectionId, { row, dryRun });
      if (outcome === 'changed') changed += 1;
      else if (outcome === 'unchanged') unchanged += 1;
      else refused.push({ row: row.row, because: outcome.because });
    }
  });
  return { changed, unchanged, refused };
}

type Outcome = 'changed' | 'unchanged' | { readonly because: string };

function takeRow(
  db: WritableDb,
  connectionId: string,
  { row, dryRun }: { readonly row: BilledRow; readonly dryRun: boolean },
): Outcome {
  const attempt = findAttemptByProviderId(db, connectionId, row.providerMessageId);
  if (attempt === undefined) return { because: 'No text out of this connection has this id.' };
  if (findLatestAttempt(db, attempt.entryId)?.attempt !== attempt.attempt)
    return { because: 'This was an earlier try at a text that was tried again.' };
  const known = findBilling(db, attempt.entryId);
  const billing = told(row, known);
  if (known !== null && isSame(known, billing)) return 'unchanged';
  if (!dryRun) saveBilling(db, attempt.entryId, billing);
  return 'changed';
}

const unknown = { segments: null, priceMicros: null, feeMicros: null };

/** The row over what was known. Without an amount a row says nothing of the currency either. */
function told(row: BilledRow, known: Billing | null): Billing {
  const before = known ?? { ...unknown, currency: row.currency };
  const tellsMoney = row.priceMicros !== null || row.feeMicros !== null;
  return {
    segments: row.segments ?? before.segments,
    priceMicros: row.priceMicros ?? before.priceMicros,
    feeMicros: row.feeMicros ?? before.feeMicros,
    currency: tellsMoney ? row.currency : before.currency,
  };
}

const isSame = (one: Billing, other: Billing): boolean =>
  one.segments === other.segments &&
  one.priceMicros === other.priceMicros &&
  one.feeMicros === other.feeMicros &&
  one.currency === other.currency;
