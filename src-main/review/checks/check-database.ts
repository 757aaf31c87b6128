import type { ReadableDb } from '#main/sqlite/database.ts';

import { Faults, type Finding, failed, inDigits, noted, passed } from './finding.ts';

/** A file of the folder and the versions of its layout that this program knows, oldest first. */
export type KnownFile = { readonly name: string; readonly versions: readonly number[] };

type Check = (db: ReadableDb, file: KnownFile) => Finding;

/** Is every page, row and index as SQLite wants it, the search index included? This is `quick_check` and more. */
export const checkWhole: Check = (db, { name }) => {
  const check = `${name} whole`;
  const told = db.pragma('integrity_check(20)', { simple: false }) as { integrity_check: string }[];
  const faults = new Faults();
  for (const { integrity_check } of told)
    if (integrity_check !== 'ok') faults.add(integrity_check.replaceAll(/\s+/g, ' '));
  const pages = Number(db.pragma('page_count', { simple: true }));
  return faults.count === 0
    ? passed(check, `SQLite finds no fault in ${inDigits(pages)} pages.`)
    : failed(check, `SQLite finds it damaged: ${faults.words}. Copy the folder away first.`);
};

/** Is its layout one that this program knows? */
export const checkVersion: Check = (db, { name, versions }) => {
  const check = `${name} version`;
  const version = Number(db.pragma('user_version', { simple: true }));
  const newest = versions.at(-1) ?? 0;
  if (version === newest) return passed(check, `It is ${version}, the newest.`);
  if (version > newest)
    return failed(check, `It is ${version}, written by a newer Trunkline: use that version.`);
  if (!versions.includes(version))
    return failed(check, `It is ${version}, which no Trunkline ever wrote.`);
  return noted(check, `It is ${version}: the next start brings it to ${newest}.`);
};

/** Is it written through a write-ahead log, without which reading beside it would not work? */
export const checkJournal: Check = (db, { name }) => {
  const check = `${name} journal`;
  const mode = String(db.pragma('journal_mode', { simple: true }));
  return mode === 'wal'
    ? passed(check, 'It is a write-ahead log.')
    : failed(check, `It is ${mode}, not a write-ahead log: the next start makes it one.`);
};

/** Does every row that names another find it? */
export const checkReferences: Check = (db, { name }) => {
  const faults = new Faults();
  const orphans = db.prepare('SELECT "table", parent FROM pragma_foreign_key_check').iterate();
  for (const orphan of orphans as IterableIterator<{ table: string; parent: string }>)
    faults.add(`a row of ${orphan.table} names one of ${orphan.parent} that is not there`);
  return faults.judge(`${name} references`, 'Every row that names another finds it.');
};
