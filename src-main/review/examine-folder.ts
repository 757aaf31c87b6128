import { existsSync } from 'node:fs';
import path from 'node:path';

import { allMigrations } from '#main/history/migrations/all-migrations.ts';
import type { ReadableDb } from '#main/sqlite/database.ts';
import { CommandFailure } from '#shared/contract/failure.ts';

import { checkAttention } from './checks/check-attention.ts';
import { checkConsent } from './checks/check-consent.ts';
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
import { type Finding, failed, isOfTheFile, noted, tryCheck } from './checks/finding.ts';
import { type LentReader, lendReader } from './lend-reader.ts';

const historyFile: KnownFile = {
  name: 'history.db',
  versions: allMigrations.map(({ version }) => version),
};
const otherFiles: readonly KnownFile[] = [
  { name: 'relay.db', versions: [1, 2] },
  { name: 'sandbox-carrier.db', versions: [1] },
];

/** Only in the folder of a relay's workspace. */
const desktopsFile: KnownFile = { name: 'desktops.db', versions: [1] };

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
  consent: checkConsent,
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
  if (existsSync(path.join(folder, desktopsFile.name))) yield* examineOther(folder, desktopsFile);
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
  const opened = openForLook(file);
  if (opened.kind === 'unreadable') {
    yield failed(name, opened.sentence);
    return;
  }
  const { db } = opened.lent;
  try {
    yield* examineFile(db, historyFile);
    if (opened.version !== versions.at(-1)) return;
    yield* examineContents(db, folder);
    yield await tryCheck('secrets', () => checkSecrets(db, findCredentials));
  } finally {
    opened.lent.close();
  }
}

type ForLook =
  | { readonly kind: 'opened'; readonly lent: LentReader; readonly version: number }
  | { readonly kind: 'unreadable'; readonly sentence: string };

/** Opens a file and begins one look at it, so that all checks see the same moment. */
function openForLook(file: string): ForLook {
  let lent: LentReader | null = null;
  try {
    lent = lendReader(file);
    lent.db.exec('BEGIN');
    const version = Number(lent.db.pragma('user_version', { simple: true }));
    return { kind: 'opened', lent, version };
  } catch (error) {
    lent?.close();
    if (!isOfTheFile(error)) throw error;
    return { kind: 'unreadable', sentence: `It cannot be read: ${error.message}.` };
  }
}

async function* examineFile(db: ReadableDb, file: KnownFile): AsyncGenerator<Finding> {
  for (const [what, check] of Object.entries(fileChecks))
    yield await tryCheck(`${file.name} ${what}`, () => check(db, file));
}

async function* examineContents(db: ReadableDb, folder: string): AsyncGenerator<Finding> {
  for (const [check, look] of Object.entries(contentChecks))
    yield await tryCheck(check, () => look(db, folder));
}

/** The relay's log and the sandbox carrier's memory: made by the first start, and by nothing before it. */
async function* examineOther(folder: string, known: KnownFile): AsyncGenerator<Finding> {
  const file = path.join(folder, known.name);
  if (!existsSync(file)) {
    yield noted(known.name, 'It is not there yet.');
    return;
  }
  const opened = openForLook(file);
  if (opened.kind === 'unreadable') {
    yield failed(known.name, opened.sentence);
    return;
  }
  try {
    yield* examineFile(opened.lent.db, known);
  } finally {
    opened.lent.close();
  }
}
