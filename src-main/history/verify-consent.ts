import type { ReadableDb } from '#main/sqlite/database.ts';

import { type ChainedEvent, chain, eachChained, readHead } from './consent-ledger.ts';

/** Something that is wrong with the ledger; `id` is the number of the event, or of the first that is missing. */
export type LedgerFault = {
  readonly kind: 'edited' | 'removed' | 'out-of-place';
  readonly id: number;
  readonly words: string;
};

type Walk = { readonly faults: LedgerFault[]; before: Uint8Array; next: number };

/**
 * Reads the whole chain and names what does not hold: events that were edited, removed, put elsewhere or slipped in. Whoever
 * changes the file and computes the whole chain anew is not found by this, but by a head that was noted elsewhere: every proof
 * carries it.
 */
export function verifyConsent(db: ReadableDb): LedgerFault[] {
  const walk: Walk = { faults: [], before: new Uint8Array(32), next: 1 };
  for (const row of eachChained(db)) take(walk, row);
  const head = readHead(db);
  const missing = head.count - (walk.next - 1);
  if (missing > 0) walk.faults.push(removed(walk.next, head.count));
  else if (missing < 0 || !isSame(head.hash, walk.before))
    walk.faults.push(fault('out-of-place', walk.next - 1, 'is not the one the ledger ends with'));
  return walk.faults;
}

function take(walk: Walk, row: ChainedEvent): void {
  const { faults } = walk;
  const follows = row.id === walk.next;
  if (!follows) faults.push(removed(walk.next, row.id - 1));
  if (!isSame(chain(row.previous, row.event), row.hash))
    faults.push(fault('edited', row.id, `(${nameOf(row)}) was edited`));
  else if (follows && !isSame(row.previous, walk.before))
    faults.push(
      fault('out-of-place', row.id, `(${nameOf(row)}) does not follow the one before it`),
    );
  walk.before = row.hash;
  walk.next = row.id + 1;
}

const fault = (kind: LedgerFault['kind'], id: number, words: string): LedgerFault => ({
  kind,
  id,
  words: `Consent event ${id} ${words}.`,
});

const removed = (from: number, to: number): LedgerFault => ({
  kind: 'removed',
  id: from,
  words:
    from === to
      ? `Consent event ${from} was removed.`
      : `Consent events ${from} to ${to} were removed.`,
});

/* What was edited may be no event any more. */
function nameOf({ event }: ChainedEvent): string {
  try {
    const { kind, number } = JSON.parse(event) as { kind?: unknown; number?: unknown };
    return `${String(kind)} of ${String(number)}`;
  } catch {
    return 'unreadable';
  }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
