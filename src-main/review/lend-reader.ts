import { existsSync, statSync } from 'node:fs';

import type { ReadableDb } from '#main/sqlite/database.ts';
import { openDatabase, openReader } from '#main/sqlite/open-database.ts';

export type LentReader = { readonly db: ReadableDb; close(): void };

/**
 * Opens a file for reading alone, beside whoever writes it. SQLite makes an empty `-wal` and a `-shm` next to a file that
 * nobody has open, and a reader cannot take them away again; where this one made them, they are gone after `close`.
 */
export function lendReader(file: string): LentReader {
  const log = `${file}-wal`;
  const wasThere = existsSync(log);
  const db = openReader(file);
  return {
    db,
    close() {
      db.close();
      if (!wasThere && statSync(log, { throwIfNoEntry: false })?.size === 0) tidy(file);
    },
  };
}

/* SQLite itself takes both files away when the last one closes that may write, and only then; nothing is written. */
function tidy(file: string): void {
  try {
    openDatabase(file).close();
  } catch {
    // They stay: empty, and the next start uses them.
  }
}
