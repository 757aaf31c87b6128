import type { WritableDb } from '#main/sqlite/database.ts';

/** One step of the file's shape. Numbers go in tens; each runs once, in a transaction of its own. */
export type Migration = {
  readonly version: number;
  readonly name: string;
  up(db: WritableDb): void;
};
