import { listOverbilled } from '#main/history/overbilled.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import type { AuditRow } from '#shared/contract/cost-commands.ts';

const atOnce = 200;

/** Every text that was billed for more segments than it has, newest first, a page at a time. */
export function* eachOverbilled(db: ReadableDb): Generator<AuditRow> {
  for (let rows = listOverbilled(db, null, atOnce); rows.length > 0;) {
    yield* rows;
    const last = rows.at(-1);
    rows = last === undefined ? [] : listOverbilled(db, last.entryId, atOnce);
  }
}
