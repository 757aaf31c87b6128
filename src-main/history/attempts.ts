import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

import { spendText } from './spend-text.ts';
import { weighEntry } from './weigh-entry.ts';

/** One try at handing a text to a carrier. */
export type Attempt = { readonly entryId: EntryId; readonly attempt: number };

export type NewAttempt = Attempt & { readonly connectionId: string; readonly startedAt: number };

export function addAttempt(db: WritableDb, attempt: NewAttempt): void {
  run(
    db,
    sql`INSERT INTO attempts (entry_id, attempt, connection_id, started_at)
        VALUES (${attempt.entryId}, ${attempt.attempt}, ${attempt.connectionId}, ${attempt.startedAt})`,
  );
}

/** Notes an attempt that a colleague's desktop makes, once, and counts it against what we share with them. */
export function noteAttempt(db: WritableDb, attempt: NewAttempt): void {
  const added = run(
    db,
    sql`INSERT INTO attempts (entry_id, attempt, connection_id, started_at)
        VALUES (${attempt.entryId}, ${attempt.attempt}, ${attempt.connectionId}, ${attempt.startedAt}) ON CONFLICT DO NOTHING`,
  );
  const text = added === 1 ? weighEntry(db, attempt.entryId) : undefined;
  if (text !== undefined) spendText(db, text, attempt.startedAt);
}

/** Notes the carrier's own id of an attempt; the first one told stays. */
export function saveProviderId(
  db: WritableDb,
  { entryId, attempt }: Attempt,
  providerId: string,
): void {
  run(
    db,
    sql`UPDATE attempts SET provider_id = coalesce(provider_id, ${providerId})
        WHERE entry_id = ${entryId} AND attempt = ${attempt}`,
  );
}

export function findAttemptByProviderId(
  db: ReadableDb,
  connectionId: string,
  providerId: string,
): Attempt | undefined {
  return first<Attempt>(
    db,
    sql`SELECT entry_id AS entryId, attempt FROM attempts
        WHERE connection_id = ${connectionId} AND provider_id = ${providerId}`,
  );
}

/** The newest attempt at a text on this connection whose id at the carrier is not known yet. */
export function findAttemptWithoutId(
  db: ReadableDb,
  connectionId: string,
  entryId: EntryId,
): Attempt | undefined {
  return first<Attempt>(
    db,
    sql`SELECT entry_id AS entryId, attempt FROM attempts
        WHERE entry_id = ${entryId} AND connection_id = ${connectionId} AND provider_id IS NULL
        ORDER BY attempt DESC LIMIT 1`,
  );
}

/** The newest attempt at a text, with when it began and the carrier's id where there is one. */
export type LatestAttempt = Attempt & {
  readonly startedAt: number;
  readonly providerId: string | null;
};

export function findLatestAttempt(db: ReadableDb, entryId: EntryId): LatestAttempt | undefined {
  return first<LatestAttempt>(
    db,
    sql`SELECT entry_id AS entryId, attempt, started_at AS startedAt, provider_id AS providerId FROM attempts
        WHERE entry_id = ${entryId} ORDER BY attempt DESC LIMIT 1`,
  );
}
