import { type ReadableDb, type WritableDb, first, run } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';
import { type Settings, settingsSchema } from '#shared/contract/contract.ts';

const unset: Settings = { theme: 'system' };

/** What the person chose; a value that is no longer valid counts as not chosen. */
export function readSettings(db: ReadableDb): Settings {
  const row = first<{ value: string }>(db, sql`SELECT value FROM settings WHERE name = 'screen'`);
  const read = settingsSchema.safeParse(row === undefined ? unset : JSON.parse(row.value));
  return read.success ? read.data : unset;
}

export function saveSettings(db: WritableDb, settings: Settings): void {
  const value = JSON.stringify(settings);
  run(
    db,
    sql`INSERT INTO settings (name, value) VALUES ('screen', ${value}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
}
