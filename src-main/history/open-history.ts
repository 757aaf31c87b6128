import path from 'node:path';

import type { WritableDb } from '#main/sqlite/database.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';

import { migrate } from './migrate.ts';
import { allMigrations } from './migrations/all-migrations.ts';

/** Opens the workspace's history in its data folder, in its newest shape. */
export function openHistory(dataFolder: string): WritableDb {
  const file = path.join(dataFolder, 'history.db');
  const db = openDatabase(file);
  try {
    migrate(db, file, allMigrations);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}
