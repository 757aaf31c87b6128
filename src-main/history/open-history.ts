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

/** Closes the history tidily: statistics for the planner, and everything out of the write-ahead log. */
export function closeHistory(db: WritableDb): void {
  try {
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}
