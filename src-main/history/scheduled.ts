import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId, ThreadId } from '#shared/message/entry.ts';

/** When a text was meant to leave, and on what terms. It is kept after it left. */
export type Scheduled = {
  readonly entryId: EntryId;
  readonly threadId: ThreadId;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** IANA zone of the clock it was chosen by. */
  readonly zone: string;
  /** It leaves also where they wrote in the meantime. */
  readonly evenIfTheyWrite: boolean;
};

type Row = Omit<Scheduled, 'evenIfTheyWrite'> & { readonly evenIfTheyWrite: number };

/** Gives a text a time, or another one. */
export function saveScheduled(db: WritableDb, scheduled: Scheduled): void {
  const { entryId, threadId, dueAt, zone } = scheduled;
  const even = scheduled.evenIfTheyWrite ? 1 : 0;
  run(
    db,
    sql`INSERT INTO scheduled (entry_id, thread_id, due_at, zone, even_if_they_write)
        VALUES (${entryId}, ${threadId}, ${dueAt}, ${zone}, ${even})
        ON CONFLICT (entry_id) DO UPDATE SET due_at = excluded.due_at, zone = excluded.zone,
          even_if_they_write = excluded.even_if_they_write`,
  );
}

export function findScheduled(db: ReadableDb, entryId: EntryId): Scheduled | undefined {
  const row = first<Row>(
    db,
    sql`SELECT entry_id AS entryId, thread_id AS threadId, due_at AS dueAt, zone,
          even_if_they_write AS evenIfTheyWrite FROM scheduled WHERE entry_id = ${entryId}`,
  );
  return row && { ...row, evenIfTheyWrite: row.evenIfTheyWrite === 1 };
}

/**
 * Texts for later of a conversation that still wait here, were written before this moment, and are not to leave where the
 * person wrote first; oldest first.
 */
export function listTakenBackByWriting(db: ReadableDb, threadId: ThreadId, at: number): EntryId[] {
  return all<{ id: EntryId }>(
    db,
    sql`SELECT scheduled.entry_id AS id FROM scheduled
        JOIN outbox ON outbox.entry_id = scheduled.entry_id AND outbox.state = 'queued'
        JOIN entries ON entries.id = scheduled.entry_id
        WHERE scheduled.thread_id = ${threadId} AND even_if_they_write = 0 AND entries.at <= ${at}
        ORDER BY scheduled.entry_id`,
  ).map(({ id }) => id);
}

/** The same with why it is held now, as far as it waits here. */
export function findPlan(
  db: ReadableDb,
  entryId: EntryId,
): (Scheduled & { readonly holdReason: string | null }) | undefined {
  const scheduled = findScheduled(db, entryId);
  if (scheduled === undefined) return undefined;
  const held = first<{ reason: string | null }>(
    db,
    sql`SELECT hold_reason AS reason FROM outbox WHERE entry_id = ${entryId}`,
  );
  return { ...scheduled, holdReason: held?.reason ?? null };
}
