import { type ReadableDb, type WritableDb, all, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { EntryId } from '#shared/message/entry.ts';

import type { Fetched } from './media.ts';

/** A picture that was attached and is not sent yet; its bytes are stored under its id. */
export type Attachment = Fetched & { readonly id: string };

export function addAttachment(db: WritableDb, { id, ...file }: Attachment, now: number): void {
  run(
    db,
    sql`INSERT INTO attachments (id, type, size, width, height, attached_at)
        VALUES (${id}, ${file.type}, ${file.size}, ${file.width}, ${file.height}, ${now})`,
  );
}

export function findAttachment(db: ReadableDb, id: string): Attachment | undefined {
  return first<Attachment>(
    db,
    sql`SELECT id, type, size, width, height FROM attachments WHERE id = ${id}`,
  );
}

/** Pictures that were attached before this moment and never sent. */
export function listAttachedBefore(db: ReadableDb, moment: number): string[] {
  const old = sql`SELECT id FROM attachments WHERE attached_at < ${moment}`;
  return all<{ id: string }>(db, old).map(({ id }) => id);
}

/** Forgets an attached picture; false where it is not there, or is sent already. */
export function forgetAttachment(db: WritableDb, id: string): boolean {
  return run(db, sql`DELETE FROM attachments WHERE id = ${id}`) === 1;
}

export type Attached = { readonly entryId: EntryId; readonly connectionId: string };

/** Makes attached pictures the media of a text, in this order. Call it in the transaction that adds the text. */
export function moveToEntry(
  db: WritableDb,
  attachments: readonly Attachment[],
  { entryId, connectionId }: Attached,
): void {
  attachments.forEach(({ id, type, size, width, height }, position) => {
    run(
      db,
      sql`INSERT INTO media (id, entry_id, position, connection_id, url, state, type, size, width, height)
          VALUES (${id}, ${entryId}, ${position}, ${connectionId}, '', 'stored', ${type}, ${size}, ${width}, ${height})`,
    );
    forgetAttachment(db, id);
  });
}
