import { type ReadableDb, type WritableDb, all, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import type { Template } from '#shared/contract/template-commands.ts';

import { fromBlob, toBlob } from './uid.ts';

/** All templates, by name. */
export function listTemplates(db: ReadableDb): Template[] {
  return all<{ uid: Uint8Array; name: string; text: string }>(
    db,
    sql`SELECT uid, name, text FROM templates ORDER BY name COLLATE NOCASE, uid`,
  ).map((row) => ({ ...row, uid: fromBlob(row.uid) }));
}

/** Adds a template, or changes the one of this uid. */
export function saveTemplate(db: WritableDb, { uid, name, text }: Template): void {
  run(
    db,
    sql`INSERT INTO templates (uid, name, text) VALUES (${toBlob(uid)}, ${name}, ${text})
        ON CONFLICT (uid) DO UPDATE SET name = excluded.name, text = excluded.text`,
  );
}

export function removeTemplate(db: WritableDb, uid: string): void {
  run(db, sql`DELETE FROM templates WHERE uid = ${toBlob(uid)}`);
}
