import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { openReader } from '#main/sqlite/open-database.ts';

import type { Migration } from './migrations/migration.ts';

/** The file was written by a newer Trunkline than this one. */
export class NewerHistory extends Error {
  override readonly name = 'NewerHistory';
}

/**
 * Brings the file to the newest shape. Where it holds data already, a verified copy is written to
 * `<path>.before-<version>` first, the version being that of the first step to come. Each step is one transaction with its
 * version inside, so a kill between two leaves a whole, older file.
 * @throws {NewerHistory} and changes nothing
 */
export function migrate(db: WritableDb, path: string, migrations: readonly Migration[]): void {
  assertRising(migrations);
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest)
    throw new NewerHistory(`the history is of version ${current}, this program knows ${newest}`);
  const pending = migrations.filter((migration) => migration.version > current);
  const [next] = pending;
  if (next === undefined) return;
  if (current > 0) copyVerified(db, `${path}.before-${next.version}`);
  for (const migration of pending) step(db, migration);
}

function step(db: WritableDb, migration: Migration): void {
  transact(db, () => {
    migration.up(db);
    assertWhole(db, migration);
    db.pragma(`user_version = ${migration.version}`);
  });
}

function assertRising(migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1]?.version ?? 0;
    if (migration.version <= before) throw new Error(`migration ${migration.name} is out of order`);
  });
}

function assertWhole(db: WritableDb, { name }: Migration): void {
  const orphans = db.pragma('foreign_key_check') as readonly unknown[];
  if (orphans.length > 0)
    throw new Error(`migration ${name} leaves ${orphans.length} rows that refer to nothing`);
}

/** When this returns, the copy is sound and survives a power cut; where it throws, an earlier copy is still there. */
function copyVerified(db: WritableDb, to: string): void {
  const unfinished = `${to}.tmp`;
  rmSync(unfinished, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    assertSound(unfinished);
    sync(unfinished, 'r+');
    renameSync(unfinished, to);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  if (process.platform !== 'win32') sync(dirname(to), 'r');
}

function assertSound(path: string): void {
  const copy = openReader(path);
  try {
    const verdict = copy.pragma('quick_check', { simple: true });
    if (verdict !== 'ok')
      throw new Error(`the copy made before the migration is not sound: ${String(verdict)}`);
  } finally {
    copy.close();
  }
}

function sync(path: string, mode: 'r' | 'r+'): void {
  const file = openSync(path, mode);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
