import { type NewGap, openGap, takeWholeGap } from '#main/history/gaps.ts';
import {
  type CountKey,
  connectionMadeAt,
  findCount,
  forgetCounts,
  heardElsewhere,
  listHeard,
  saveCount,
} from '#main/history/line-counts.ts';
import { type WritableDb, transact } from '#main/sqlite/database.ts';

/** A delivery as far as it shows whether something before it is missing. */
export type Numbered = {
  readonly log: string;
  readonly seq: number;
  readonly raw: { readonly connectionId: string; readonly receivedAt: number };
  /** The how many-th thing that came in for this number of ours; absent or null where nothing is counted. */
  readonly line?: { readonly number: string; readonly count: number } | null | undefined;
};

/**
 * Compares the numbers of a delivery with those before it, and opens a gap where some are missing. `cursor` is the last
 * number taken in. Call it in the transaction that moves the cursor.
 */
export function noticeGaps(db: WritableDb, delivery: Numbered, cursor: number): void {
  const { log: logId, raw } = delivery;
  const heardAt = raw.receivedAt;
  const log: CountKey = { logId, connectionId: '', line: '' };
  const known = findCount(db, log) ?? { count: 0, heardAt };
  if (known.count === null) saveCount(db, log, { count: delivery.seq - 1, heardAt });
  else if (delivery.seq > Math.max(cursor, known.count) + 1) openForAll(db, logId, heardAt);
  // What the log had lost before it was met never was for us, and a line first heard of then is not counted from 1.
  const isLate = known.count !== 0;
  const madeAt = connectionMadeAt(db, raw.connectionId);
  if (madeAt === null) return;
  noticeNewLog(db, delivery);
  noticeLine(db, delivery, { isLate, madeAt });
  saveCount(db, { ...log, connectionId: raw.connectionId }, { count: null, heardAt });
}

/**
 * The log went back to an older state: its counts begin anew, and what it lost since then may be missing. `now` in
 * milliseconds since 1970.
 */
export function noticeSetBack(db: WritableDb, logId: string, now: number): void {
  transact(db, () => {
    forgetCounts(db, logId);
    openForAll(db, logId, now);
  });
}

function openForAll(db: WritableDb, logId: string, until: number): void {
  for (const { connectionId, heardAt: since } of listHeard(db, logId))
    openWhole(db, { logId, connectionId, since, until });
}

/** Of several holes known only as such, one gap tells. */
function openWhole(
  db: WritableDb,
  gap: Pick<NewGap, 'logId' | 'connectionId' | 'since' | 'until'>,
): void {
  const before = takeWholeGap(db, gap);
  openGap(db, {
    ...gap,
    since: Math.min(gap.since, before?.since ?? gap.since),
    line: null,
    missing: null,
  });
}

/** A connection that was heard of over another log until now may have lost what that one still held. */
function noticeNewLog(db: WritableDb, { log: logId, raw }: Numbered): void {
  const { connectionId, receivedAt: until } = raw;
  if (findCount(db, { logId, connectionId, line: '' }) !== undefined) return;
  const since = heardElsewhere(db, logId, connectionId);
  if (since !== null) openWhole(db, { logId, connectionId, since, until });
}

/** `madeAt`: nothing can be missing from before the connection was made. */
type Beginning = { readonly isLate: boolean; readonly madeAt: number };

function noticeLine(db: WritableDb, delivery: Numbered, { isLate, madeAt }: Beginning): void {
  const { log: logId, raw, line } = delivery;
  if (line === null || line === undefined) return;
  const { connectionId, receivedAt } = raw;
  const key: CountKey = { logId, connectionId, line: line.number };
  const before = findCount(db, key);
  // Counts never go back but where an older log was put back, and has grown past the number that was last taken in.
  if (line.count <= (before?.count ?? 0)) noticeSetBack(db, logId, receivedAt);
  saveCount(db, key, { count: line.count, heardAt: receivedAt });
  // A line first heard of counts from 1; a count that was given up begins with whatever comes.
  const first = isLate ? line.count : 1;
  const expected = before === undefined ? first : (before.count ?? line.count - 1) + 1;
  if (line.count <= expected) return;
  openExact(db, {
    logId,
    connectionId,
    line: line.number,
    missing: { first: expected, last: line.count - 1 },
    since: before?.heardAt ?? madeAt,
    until: receivedAt,
  });
}

/** Takes the place of what was known only as a hole of the whole log, and covers its time too. */
function openExact(db: WritableDb, gap: NewGap): void {
  const { since, until } = takeWholeGap(db, gap) ?? gap;
  openGap(db, {
    ...gap,
    since: Math.min(gap.since, since),
    until: Math.max(gap.until, until),
  });
}
