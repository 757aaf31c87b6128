import { firstTables } from './0010-first-tables.ts';
import { carriers } from './0020-carriers.ts';
import type { Migration } from './migration.ts';

/** Every migration, oldest first. */
export const allMigrations: readonly Migration[] = [firstTables, carriers];
