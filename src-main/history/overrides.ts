import { type ReadableDb, type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

/** Somebody had a text sent in spite of an objection. Only ever appended. */
export type Override = {
  readonly entryId: EntryId;
  /** What stood against it: the reason of a wait, or `content`. */
  readonly rule: string;
  /** What was said against it at that time. */
  readonly because: string;
  /** Why it was sent all the same, where that was asked. */
  readonly reason: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
};

export function addOverride(db: WritableDb, override: Override): void {
  const { entryId, rule, because, reason, at } = override;
  run(
    db,
    sql`INSERT INTO overrides (entry_id, rule, because, reason, at)
        VALUES (${entryId}, ${rule}, ${because}, ${reason}, ${at})`,
  );
}

/** What a text was sent in spite of, oldest first. */
export function listOverrides(db: ReadableDb, entryId: EntryId): Override[] {
  return all<Override>(
    db,
    sql`SELECT entry_id AS entryId, rule, because, reason, at FROM overrides WHERE entry_id = ${entryId} ORDER BY id`,
  );
}
