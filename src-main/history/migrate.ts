import { existsSync, renameSync, rmSync } from 'node:fs';

import { type WritableDb, transact } from '#main/sqlite/database.ts';
import { openReader } from '#main/sqlite/open-database.ts';

import type { Migration } from './migrations/migration.ts';

/** The file was written by a newer Trunkline than this one. */
export class NewerHistory extends Error {
  override readonly name = 'NewerHistory';
}

/**
 * Brings the file to the newest shape. Where it holds data already, a verified copy is written to
 * `<path>.before-<version>` first. Each step is one transaction with its version inside, so a kill between two leaves a
 * whole, older file.
 * @throws {NewerHistory} and changes nothing
 */
export function migrate(db: WritableDb, path: string, migrations: readonly Migration[]): void {
  assertRising(migrations);
  const current = Number(db.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest)
    throw new NewerHistory(`the history is of version ${current}, this program knows ${newest}`);
  const pending = migrations.filter((migration) => migration.version > current);
  if (pending.length === 0) return;
  if (current > 0) copyVerified(db, `${path}.before-${newest}`);
  for (const migration of pending) step(db, migration);
}

function step(db: WritableDb, migration: Migration): void {
  transact(db, () => {
    migration.up(db);
    db.pragma(`user_version = ${migration.version}`);
  });
}

function assertRising(migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    const before = migrations[index - 1]?.version ?? 0;
    if (migration.version <= before) throw new Error(`migration ${migration.name} is out of order`);
  });
}

function copyVerified(db: WritableDb, to: string): void {
  const unfinished = `${to}.tmp`;
  rmSync(unfinished, { force: true });
  db.prepare('VACUUM INTO ?').run(unfinished);
  const copy = openReader(unfinished);
  try {
    const verdict = copy.pragma('quick_check', { simple: true });
    if (verdict !== 'ok')
      throw new Error(`the copy made before the migration is not sound: ${String(verdict)}`);
  } finally {
    copy.close();
  }
  if (existsSync(to)) rmSync(to);
  renameSync(unfinished, to);
}
