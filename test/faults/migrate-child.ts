import path from 'node:path';

import { migrate } from '#main/history/migrate.ts';
import { openDatabase } from '#main/sqlite/open-database.ts';

import { laterSteps } from './later-steps.ts';

/* Brings a history to a later shape and kills itself at the given moment, so that no closing and no clean-up runs. */
const [folder = '', diesAt = ''] = process.argv.slice(2);
const file = path.join(folder, 'history.db');

function moment(name: string): void {
  if (name === diesAt) process.kill(process.pid, 'SIGKILL');
}

const db = openDatabase(file);
moment('opened');
migrate(db, file, laterSteps(moment));
moment('migrated');
