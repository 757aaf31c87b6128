import { existsSync } from 'node:fs';
import path from 'node:path';

import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { type StorageTrouble, storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { type LentReader, lendReader } from './lend-reader.ts';

const newest = allMigrations.at(-1)?.version ?? 0;

/**
 * Lends the history of a data folder for reading alone, all of it as it stands at one moment, whether Trunkline is running on
 * the folder or not. What is written meanwhile is not seen, and waits in the write-ahead log until the deed is done.
 * @throws {CommandFailure} where there is no history, where it is of another version, or where its file cannot be read
 */
export async function readHistory<Result>(
  dataFolder: string,
  deed: (db: ReadableDb) => Promise<Result>,
): Promise<Result> {
  assertUsed(dataFolder);
  let lent: LentReader | null = null;
  try {
    lent = lendReader(path.join(dataFolder, 'history.db'));
    lent.db.exec('BEGIN');
    assertKnown(lent.db, dataFolder);
    return await deed(lent.db);
  } catch (error) {
    throw explain(error, dataFolder);
  } finally {
    lent?.close();
  }
}

/** @throws {CommandFailure} where Trunkline never ran on the folder */
export function assertUsed(dataFolder: string): void {
  if (!existsSync(dataFolder))
    throw new CommandFailure('bad-input', `There is no folder ${dataFolder}.`, { cure: choose });
  if (!existsSync(path.join(dataFolder, 'history.db')))
    throw new CommandFailure(
      'bad-input',
      `There is no history in ${dataFolder}: Trunkline was never started on this folder.`,
      { cure: choose },
    );
}

const choose = 'Name the data folder that Trunkline uses with --data.';

function assertKnown(db: ReadableDb, folder: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > newest)
    throw new CommandFailure(
      'refused',
      `The history in ${folder} was written by a newer Trunkline: use that version.`,
    );
  if (version < newest)
    throw new CommandFailure('refused', `The history in ${folder} is of an older Trunkline.`, {
      cure: 'Start Trunkline on it once, which brings it up to date.',
    });
}

const troubles: Readonly<Record<StorageTrouble, string>> = {
  full: 'The disk is full: free some space.',
  'read-only':
    'The history cannot be opened: let your account read and write the data folder and its files.',
  broken:
    'The history is damaged or its disk fails. Copy the data folder to a safe place before anything else.',
  busy: 'Another program holds the history: close it and try again.',
};

function explain(error: unknown, folder: string): unknown {
  const trouble = storageTroubleOf(error);
  if (trouble === null) return error;
  return new CommandFailure('storage', troubles[trouble], { cure: `The folder is ${folder}.` });
}
