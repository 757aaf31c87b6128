import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

import { LockedElsewhere, takeLock } from '#main/sqlite/lock-file.ts';

import { StartFailure } from './core.ts';

/**
 * Makes the data folder, from here on for its owner's eyes alone, proves that it can be written to, and takes it for this process alone.
 * @returns the way to release it
 * @throws {StartFailure}
 */
export function prepareDataFolder(folder: string): () => void {
  process.umask(0o077);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    proveWritable(path.join(folder, '.writable'));
    return takeLock(path.join(folder, 'trunkline.lock'));
  } catch (error) {
    throw explain(error, folder);
  }
}

function proveWritable(file: string): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    writeSync(handle, Buffer.alloc(4_096));
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

function explain(error: unknown, folder: string): StartFailure {
  if (error instanceof LockedElsewhere) {
    return new StartFailure(
      `Trunkline is already running on ${folder}: use that one, or choose another data folder with --data.`,
    );
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new StartFailure(
    `${reasons.find(([codes]) => codes.some((each) => code.startsWith(each)))?.[1] ?? 'The data folder cannot be used'}: ${folder}. ${cure(code)}`,
  );
}

const reasons: readonly (readonly [readonly string[], string])[] = [
  [['ENOSPC', 'EDQUOT', 'SQLITE_FULL'], 'The disk of the data folder is full'],
  [
    ['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'],
    'The data folder cannot be written to',
  ],
  [['ENOTDIR', 'EEXIST'], 'The data folder is not a folder'],
];

function cure(code: string): string {
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code))
    return 'Free some space, or choose another folder with --data.';
  if (['ENOTDIR', 'EEXIST'].includes(code)) return 'Choose another one with --data.';
  return 'Allow writing to it, or choose another one with --data.';
}
