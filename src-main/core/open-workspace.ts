import { closeHistory, openHistory } from '#main/history/open-history.ts';
import type { WritableDb } from '#main/sqlite/database.ts';

import { explainStart } from './explain-start.ts';
import { prepareDataFolder } from './prepare-data-folder.ts';

/** A data folder opened for one deed, without carriers, relay or screen. */
export type Workspace = { readonly db: WritableDb; close(): void };

/**
 * Takes a data folder for this process and opens its history.
 * @throws {StartFailure} also where Trunkline is running on the folder
 */
export function openWorkspace(dataFolder: string): Workspace {
  const release = prepareDataFolder(dataFolder);
  try {
    const db = openHistory(dataFolder);
    return {
      db,
      close() {
        closeHistory(db);
        release();
      },
    };
  } catch (error) {
    release();
    throw explainStart(error, dataFolder);
  }
}
