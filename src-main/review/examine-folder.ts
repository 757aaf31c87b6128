import { existsSync } from 'node:fs';
import path from 'node:path';

import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { storageTroubleOf } from '#main/sqlite/storage-trouble.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { checkAttention } from './checks/check-attention.ts';
import {
  type KnownFile,
  checkJournal,
  checkReferences,
  checkVersion,
  checkWhole,
} from './checks/check-database.ts';
import { checkLock } from './checks/check-lock.ts';
import { checkMedia } from './checks/check-media.ts';
import { checkFiles, checkFolder } from './checks/check-modes.ts';
import { checkOutbox } from './checks/check-outbox.ts';
import { checkSearch } from './checks/check-search.ts';
import { type FindCredentials, checkSecrets } from './checks/check-secrets.ts';
import { checkStates } from './checks/check-states.ts';
import { type Finding, failed, noted, tryCheck } from './checks/finding.ts';
import { lendReader } from './lend-reader.ts';

const historyFile: KnownFile = {
  name: 'history.db',
  versions: allMigrations.map(({ version }) => version),
};
const otherFiles: readonly KnownFile[] = [
  { name: 'relay.db', versions: [1] },
  { name: 'sandbox-carrier.db', versions: [1] },
];

const fileChecks = {
  whole: checkWhole,
  version: checkVersion,
  journal: checkJournal,
  references: checkReferences,
} as const;
const contentChecks: Readonly<Record<string, (db: ReadableDb, folder: string) => Finding>> = {
  search: checkSearch,
  states: checkStates,
  outbox: checkOutbox,
  media: checkMedia,
  attention: checkAttention,
};

/**
 * Looks at a data folder without changing anything in it, whether Trunkline is running on it or not; one finding at a time,
 * as each is made.
 * @throws {CommandFailure} where there is no such folder, or nothing of Trunkline in it
 */
export async function* examineFolder(
  folder: string,
  findCredentials: FindCredentials,
): AsyncGenerator<Finding> {
  assertOurs(folder);
  yield checkFolder(folder);
  yield checkFiles(folder);
  yield checkLock(folder);
  yield* examineHistory(folder, findCredentials);
  for (const file of otherFiles) yield* examineOther(folder, file);
}

function assertOurs(folder: string): void {
  const cure = 'Name the data folder that Trunkline uses with --data.';
  if (!existsSync(folder))
    throw new CommandFailure('bad-input', `There is no folder ${folder}.`, { cure });
  const known = [historyFile, ...otherFiles].map(({ name }) => name);
  if (!known.some((name) => existsSync(path.join(folder, name))))
    throw new CommandFailure('bad-input', `Trunkline was never started on ${folder}.`, { cure });
}

async function* examineHistory(
  folder: string,
  findCredentials: FindCredentials,
): AsyncGenerator<Finding> {
  const { name, versions } = historyFile;
  const file = path.join(folder, name);
  if (!existsSync(file)) {
    yield failed(name, 'It is missing: put back a backup of the whole folder.');
    return;
  }
  const lent = lendReader(file);
  try {
    const version = openingOf(lent.db);
    if (typeof version !== 'number') {
      yield failed(name, version.sentence);
      return;
    }
    yield* examineFile(lent.db, historyFile);
    if (version !== versions.at(-1)) return;
    yield* examineContents(lent.db, folder);
    yield await checkSecrets(lent.db, findCredentials);
  } finally {
    lent.close();
  }
}

/** Begins one look at the file, so that all checks see the same moment. @returns its version, or why it cannot be read */
function openingOf(db: ReadableDb): number | { readonly sentence: string } {
  try {
    db.exec('BEGIN');
    return Number(db.pragma('user_version', { simple: true }));
  } catch (error) {
    if (storageTroubleOf(error) === null) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    return { sentence: `It cannot be read: ${reason}.` };
  }
}

function* examineFile(db: ReadableDb, file: KnownFile): Generator<Finding> {
  for (const [what, check] of Object.entries(fileChecks))
    yield tryCheck(`${file.name} ${what}`, () => check(db, file));
}

function* examineContents(db: ReadableDb, folder: string): Generator<Finding> {
  for (const [check, look] of Object.entries(contentChecks))
    yield tryCheck(check, () => look(db, folder));
}

/** The relay's log and the sandbox carrier's memory: made by the first start, and by nothing before it. */
function* examineOther(folder: string, known: KnownFile): Generator<Finding> {
  const file = path.join(folder, known.name);
  if (!existsSync(file)) {
    yield noted(known.name, 'It is not there yet.');
    return;
  }
  const lent = lendReader(file);
  try {
    const version = openingOf(lent.db);
    if (typeof version === 'number') yield* examineFile(lent.db, known);
    else yield failed(known.name, version.sentence);
  } finally {
    lent.close();
  }
}
