import { type ReadableDb, all, first } from '#main/sqlite/database.ts';
import { type Sql, sql } from '#main/sqlite/sql.ts';
import type { Entry, EntryId } from '#shared/message/entry.ts';
import type { Thread } from '#shared/message/thread.ts';

import { findEntry } from './entries.ts';
import { type ThreadRow, threadColumns, threadFromRow } from './threads.ts';

/** Beyond this many the total is a floor: "more than 10,000". */
const countedAtMost = 10_000;

/**
 * What a person typed, as an FTS5 expression: every word must occur, a quoted run must occur as it stands, and the last
 * word may be the beginning of one. Null where nothing can be looked for. NUL, which ends an expression, parts words.
 */
export function toMatchExpression(query: string): string | null {
  const typed = query.replaceAll('\0', ' ');
  const terms = [...typed.matchAll(/"([^"]+)"|([\p{L}\p{M}\p{N}]+)/gu)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const usable = terms.filter((term) => /[\p{L}\p{N}]/u.test(term));
  if (usable.length === 0) return null;
  const last = usable.length - 1;
  return usable
    .map((term, index) => `"${term}"${index === last && prefixable(term, typed) ? ' *' : ''}`)
    .join(' ');
}

const prefixable = (term: string, query: string): boolean =>
  term.length >= 2 && !query.trimEnd().endsWith('"');

/** The query of the newest texts that match: by rowid alone, before any row is joined to it. */
export function matchQuery(expression: string, limit: number): Sql {
  return sql`SELECT rowid AS id FROM entry_search WHERE entry_search MATCH ${expression} ORDER BY rowid DESC LIMIT ${limit}`;
}

export type Found = {
  readonly entries: Entry[];
  readonly total: number;
  readonly moreThanTotal: boolean;
};

/** Texts that match, newest first, with how many there are. */
export function searchEntries(db: ReadableDb, query: string, limit: number): Found {
  const expression = toMatchExpression(query);
  if (expression === null) return { entries: [], total: 0, moreThanTotal: false };
  const ids = all<{ id: EntryId }>(db, matchQuery(expression, limit));
  const entries = ids.map(({ id }) => findEntry(db, id)).filter((entry) => entry !== undefined);
  const counted = ids.length < limit ? ids.length : countMatches(db, expression);
  return {
    entries,
    total: Math.min(counted, countedAtMost),
    moreThanTotal: counted > countedAtMost,
  };
}

function countMatches(db: ReadableDb, expression: string): number {
  const counted = first<{ n: number }>(
    db,
    sql`SELECT count(*) AS n FROM (SELECT 1 FROM entry_search WHERE entry_search MATCH ${expression} LIMIT ${countedAtMost + 1})`,
  );
  return counted?.n ?? 0;
}

/** Threads whose name or number holds what was typed, newest first. */
export function searchThreads(db: ReadableDb, query: string, limit: number): Thread[] {
  const words = query.trim();
  if (words === '') return [];
  const digits = words.replaceAll(/\D/g, '');
  const name = `%${escapeLike(words)}%`;
  const number = digits.length >= 3 ? `%${digits}%` : `%${escapeLike(words)}%`;
  return all<ThreadRow>(
    db,
    sql`SELECT ${threadColumns} FROM threads WHERE name LIKE ${name} ESCAPE '\\' OR peer LIKE ${number} ESCAPE '\\'
        ORDER BY last_at DESC LIMIT ${limit}`,
  ).map(threadFromRow);
}

const escapeLike = (text: string): string =>
  text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
