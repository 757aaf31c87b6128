import path from 'node:path';

import { migrate } from '#main/history/migrate.ts';
import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { Migration } from '#main/history/migrations/migration.ts';
import { type WritableDb, all } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';
import { sql } from '#main/sqlite/sql.ts';

/** The file of the history in a data folder. */
export const historyFile = (folder: string): string => path.join(folder, 'history.db');

/** Opens a history in the shape it had at this version, or with migrations of the test's own. */
export function openAtVersion(
  folder: string,
  version: number,
  migrations: readonly Migration[] = allMigrations,
): WritableDb {
  const file = historyFile(folder);
  const db = openDatabase(file);
  try {
    migrate(
      db,
      file,
      migrations.filter((migration) => migration.version <= version),
    );
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

export const versionOf = (db: WritableDb): unknown => db.pragma('user_version', { simple: true });

/** Every table and index as it was made, and every row of every table: what a migration may or may not change. */
export function everythingIn(db: WritableDb): Record<string, unknown[]> {
  const schema = all<{ name: string; type: string; sql: string | null }>(
    db,
    sql`SELECT name, type, sql FROM sqlite_schema ORDER BY name`,
  );
  const tables = schema.filter(({ type, sql: made }) => type === 'table' && made !== null);
  const rows = tables
    .filter(({ name }) => !name.startsWith('entry_search'))
    .map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()] as const);
  return { schema, ...Object.fromEntries(rows) };
}
