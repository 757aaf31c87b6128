import { statSync } from 'node:fs';

import { readStored } from '#main/media/store.ts';
import { type ReadableDb, each } from '#main/sqlite/database.ts';
import { sql } from '#main/sqlite/sql.ts';

import { isOpenToOthers } from './check-modes.ts';
import { Faults, type Finding, inDigits } from './finding.ts';

type Row = { id: string; size: number };

/** Is every stored picture and sound on the disk, as long as it was, and for its owner alone? */
export function checkMedia(db: ReadableDb, dataFolder: string): Finding {
  const faults = new Faults();
  let files = 0;
  for (const row of each<Row>(db, sql`SELECT id, size FROM media WHERE state = 'stored'`)) {
    files += 1;
    const fault = faultOf(row, dataFolder);
    if (fault !== null) faults.add(`media ${row.id} ${fault}`);
  }
  return faults.judge('media', `All ${inDigits(files)} stored files are there.`);
}

function faultOf({ id, size }: Row, dataFolder: string): string | null {
  const file = readStored(dataFolder, id);
  const stats = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 'is missing';
  if (stats.size !== size) return `has ${stats.size} bytes instead of ${size}`;
  return isOpenToOthers(stats) ? 'may be read or written by other accounts: chmod 600' : null;
}
