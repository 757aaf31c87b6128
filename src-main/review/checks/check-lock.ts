import { existsSync } from 'node:fs';
import path from 'node:path';

import { openReader } from '#main/sqlite/open-database.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';

import { type Finding, failed, isOfTheFile, noted, passed } from './finding.ts';

/** Is Trunkline running on the folder? The lock is only looked at, never taken. */
export function checkLock(folder: string): Finding {
  const check = 'lock';
  const file = path.join(folder, 'trunkline.lock');
  if (!existsSync(file)) return noted(check, 'There is none: Trunkline was never started here.');
  try {
    return passed(
      check,
      isFree(file)
        ? 'Trunkline is not running on this folder.'
        : 'Trunkline is running on this folder.',
    );
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
    return failed(check, 'It is not what Trunkline made: remove it while Trunkline does not run.');
  }
}

function isFree(file: string): boolean {
  const db = openReader(file);
  try {
    db.pragma('busy_timeout = 0');
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch (error) {
    if (storageTroubleOf(error) === 'busy') return false;
    throw error;
  } finally {
    db.close();
  }
}
