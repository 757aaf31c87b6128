import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Purpose } from '#shared/compliance/verdict.ts';
import type { Entry, EntryId, ThreadId } from '#shared/message/entry.ts';

import { type EntryRow, entryColumns, entryFromRow } from './entry-rows.ts';
import { listMedia } from './media.ts';
import { newUid, toBlob } from './uid.ts';

const idsPerMillisecond = 1_000;

/** A row with its media. */
function complete(db: ReadableDb, row: EntryRow): Entry {
  return entryFromRow(row, row.has_media === 1 ? listMedia(db, row.id) : []);
}

export function findEntry(db: ReadableDb, id: EntryId): Entry | undefined {
  const row = first<EntryRow>(db, sql`SELECT ${entryColumns} FROM entries WHERE id = ${id}`);
  return row && complete(db, row);
}

export function findEntryByUid(db: ReadableDb, uid: string): Entry | undefined {
  const row = first<EntryRow>(
    db,
    sql`SELECT ${entryColumns} FROM entries WHERE uid = ${toBlob(uid)}`,
  );
  return row && complete(db, row);
}

export type PageOfEntries = {
  readonly threadId: ThreadId;
  readonly before: EntryId | null;
  readonly limit: number;
};

/** The query of one page of a thread, newest first: one range of the clustered key. */
export function entryPageQuery(page: PageOfEntries): Sql {
  const before = page.before === null ? sql`` : sql`AND id < ${page.before}`;
  return sql`SELECT ${entryColumns} FROM entries WHERE thread_id = ${page.threadId} ${before}
             ORDER BY id DESC LIMIT ${page.limit}`;
}

/** One page of a thread, oldest first. */
export function pageEntries(
  db: ReadableDb,
  page: PageOfEntries,
): { entries: Entry[]; reachedStart: boolean } {
  const rows = all<EntryRow>(db, entryPageQuery({ ...page, limit: page.limit + 1 }));
  const shown = rows.slice(0, page.limit).toReversed();
  return {
    entries: shown.map((row) => complete(db, row)),
    reachedStart: rows.length <= page.limit,
  };
}

/** Entries from `from` on, oldest first. */
export function pageEntriesFrom(
  db: ReadableDb,
  page: { readonly threadId: ThreadId; readonly from: EntryId; readonly limit: number },
): { entries: Entry[]; reachedEnd: boolean } {
  const rows = all<EntryRow>(
    db,
    sql`SELECT ${entryColumns} FROM entries WHERE thread_id = ${page.threadId} AND id >= ${page.from}
        ORDER BY id LIMIT ${page.limit + 1}`,
  );
  const entries = rows.slice(0, page.limit).map((row) => complete(db, row));
  return { entries, reachedEnd: rows.length <= page.limit };
}

/** What is new about an entry; the rest is given by its place and time. */
export type NewEntry = {
  readonly threadId: ThreadId;
  /** Given where the screen made it, so that the same draft is only ever one entry. */
  readonly uid?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Where it stands in its thread: at the end, as told, or among the others where its time puts it. */
  readonly place?: 'end' | 'in-time';
  /** Why a text out is sent. */
  readonly purpose?: Purpose;
} & Partial<
  Pick<
    EntryRow,
    'text' | 'state' | 'segments' | 'encoding' | 'seconds' | 'outcome' | 'has_media' | 'author'
  >
> &
  Pick<EntryRow, 'kind' | 'direction'>;

/** Appends an entry at the end of its thread and indexes its text for search. */
export function addEntry(db: WritableDb, entry: NewEntry): EntryId {
  const id = nextEntryId(db, entry);
  const uid = toBlob(entry.uid ?? newUid(entry.at));
  run(
    db,
    sql`INSERT INTO entries (thread_id, id, uid, at, kind, direction, text, state, segments, encoding, seconds, outcome, has_media, author, purpose)
        VALUES (${entry.threadId}, ${id}, ${uid}, ${entry.at}, ${entry.kind}, ${entry.direction}, ${entry.text ?? ''},
                ${entry.state ?? 'received'}, ${entry.segments ?? 0}, ${entry.encoding ?? 'GSM-7'}, ${entry.seconds ?? 0},
                ${entry.outcome ?? null}, ${entry.has_media ?? 0}, ${entry.author ?? null}, ${entry.purpose ?? null})`,
  );
  if (entry.text)
    run(db, sql`INSERT INTO entry_search (rowid, text) VALUES (${id}, ${entry.text})`);
  return id;
}

/**
 * The next free id at or after this moment, and after everything the thread holds: a thread keeps the order in which it was
 * told, even where the clock is set back.
 */
function nextEntryId(db: ReadableDb, entry: NewEntry): EntryId {
  if (entry.place === 'in-time') return firstFreeId(db, entry.at * idsPerMillisecond);
  const inThread = first<{ id: number | null }>(
    db,
    sql`SELECT max(id) AS id FROM entries WHERE thread_id = ${entry.threadId}`,
  );
  return firstFreeId(db, Math.max(entry.at * idsPerMillisecond, (inThread?.id ?? 0) + 1));
}

/* A window at a time: where a millisecond is full, what follows may be taken by the next one. */
function firstFreeId(db: ReadableDb, wanted: number): EntryId {
  let free = wanted;
  for (let taken: number | null = free; taken !== null;) {
    const roof = free + idsPerMillisecond;
    const window = sql`SELECT max(id) AS id FROM entries WHERE id >= ${free} AND id < ${roof}`;
    taken = first<{ id: number | null }>(db, window)?.id ?? null;
    if (taken !== null) free = taken + 1;
  }
  return free as EntryId;
}

/** Sets the state derived from an entry's receipts, with its failure where it has one. */
export function saveState(
  db: WritableDb,
  id: EntryId,
  shown: Pick<EntryRow, 'state' | 'failure_kind' | 'failure_raw' | 'undecided'>,
): void {
  run(
    db,
    sql`UPDATE entries SET state = ${shown.state}, failure_kind = ${shown.failure_kind}, failure_raw = ${shown.failure_raw},
        undecided = ${shown.undecided} WHERE id = ${id}`,
  );
}

/** Why a text is sent, as it was when it was written; null for what is of before that was kept. */
export function findPurpose(db: ReadableDb, id: EntryId): Purpose | null {
  return (
    first<{ purpose: Purpose | null }>(db, sql`SELECT purpose FROM entries WHERE id = ${id}`)
      ?.purpose ?? null
  );
}
