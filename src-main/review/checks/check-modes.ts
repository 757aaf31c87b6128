import { type Stats, accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { Faults, type Finding, failed, inDigits, noted, passed } from './finding.ts';

const othersMayWrite = 0o022;
const othersMayAnything = 0o077;

/** Files of ours by name; what else lies in the folder is not our business. */
const ours =
  /^(?:(?:history|relay|sandbox-carrier)\.db(?:-wal|-shm|\.before-\d+)?|secrets(?:-.+)?\.json|secrets\.key|trunkline\.lock)$/;

/** May nobody else write to the folder, and may we? */
export function checkFolder(folder: string): Finding {
  const check = 'folder';
  const stats = statSync(folder);
  if (!mayUse(folder, constants.R_OK | constants.W_OK | constants.X_OK))
    return failed(check, 'Your account may not read and write it: make it yours.');
  if (hasMode(stats, othersMayWrite))
    return failed(check, 'Other accounts may write to it: run chmod 700 on it.');
  if (hasMode(stats, othersMayAnything))
    return noted(check, 'Other accounts may see what it holds, though not read it: chmod 700.');
  return passed(check, 'It is for its owner alone.');
}

/** Is every file of ours for its owner alone, and can we use it? */
export function checkFiles(folder: string): Finding {
  const faults = new Faults();
  const names = readdirSync(folder).filter((name) => ours.test(name));
  for (const name of names) {
    const fault = faultOf(path.join(folder, name));
    if (fault !== null) faults.add(`${name}: ${fault}`);
  }
  return faults.judge('files', `All ${inDigits(names.length)} are for their owner alone.`);
}

function faultOf(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (!stats.isFile()) return 'it is not a file';
  if (isOpenToOthers(stats)) return 'other accounts may read or write it: run chmod 600 on it';
  return mayUse(file, constants.R_OK | constants.W_OK)
    ? null
    : 'your account may not read and write it: make it yours';
}

/** May accounts other than the owner's do anything with it? Windows keeps no such mode. */
export const isOpenToOthers = (stats: Stats): boolean => hasMode(stats, othersMayAnything);

const hasMode = (stats: Stats, mode: number): boolean =>
  process.platform !== 'win32' && (stats.mode & mode) !== 0;

function mayUse(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
