import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { syncFolder } from '#main/files/sync-folder.ts';

import type { TakePiece } from './export-history.ts';

/**
 * Writes a file that only its owner may read, piece by piece, beside its place, and moves it there once it is whole and
 * durable. Where the deed throws or is stopped, what stood there before still does, and nothing is left beside it.
 */
export async function writeBeside<Result>(
  file: string,
  signal: AbortSignal,
  deed: (take: TakePiece) => Promise<Result>,
): Promise<Result> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.unfinished`;
  try {
    const result = await writeWhole(beside, deed);
    signal.throwIfAborted();
    await rename(beside, file);
    await syncFolder(path.dirname(file));
    return result;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function writeWhole<Result>(
  file: string,
  deed: (take: TakePiece) => Promise<Result>,
): Promise<Result> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const result = await deed((piece) => handle.writeFile(piece));
    await handle.sync();
    return result;
  } finally {
    await handle.close();
  }
}
