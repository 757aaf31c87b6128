import { NewerHistory } from '#main/history/migrate.ts';
import { RelayFailure } from '#main/relay/relay-failure.ts';
import { type StorageTrouble, storageTroubleOf } from '#main/sqlite/storage-trouble.ts';

import { StartFailure } from './core.ts';

const troubles: Readonly<Record<StorageTrouble, string>> = {
  full: 'The disk of the data folder is full: free some space, or choose another folder with --data.',
  'read-only':
    'The history in the data folder cannot be written to: allow writing, or choose another folder with --data.',
  broken:
    'The history in the data folder is damaged or its disk fails: it was left as it is. Copy the folder to a safe place before anything else.',
  busy: 'Another program is writing to the history: close it and start again.',
};

/** Says in a sentence why the core could not start, where that is something a person can mend. */
export function explainStart(error: unknown, folder: string): unknown {
  if (error instanceof RelayFailure) return new StartFailure(error.message);
  if (error instanceof NewerHistory) {
    return new StartFailure(
      `The history in ${folder} was written by a newer Trunkline and was left as it is: use that version, or choose another folder with --data.`,
    );
  }
  const trouble = storageTroubleOf(error);
  return trouble === null ? error : new StartFailure(troubles[trouble]);
}
