import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { syncFolder } from './sync-folder.ts';

/** Only the owner may read or write. */
const ownerOnly = 0o600;

/** Makes a folder that only its owner may enter, where it is missing. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Writes a whole file so that after a crash either the old or the new one is there, and the new one once this resolves. */
export async function writeDurably(file: string, bytes: string | Uint8Array): Promise<void> {
  const made = await writeBeside(file, bytes);
  await rename(made, file);
  await syncFolder(path.dirname(file));
}

/**
 * Writes a file that must not be there yet, as durably.
 * @returns false where it is there already; it is left as it is
 */
export async function createDurably(file: string, bytes: string | Uint8Array): Promise<boolean> {
  const made = await writeBeside(file, bytes);
  try {
    await link(made, file).catch((error: unknown) => renameWithoutLinks(error, made, file));
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return false;
  } finally {
    await rm(made, { force: true });
  }
  await syncFolder(path.dirname(file));
  return true;
}

/** A file system without hard links, such as that of a memory stick. */
async function renameWithoutLinks(error: unknown, made: string, file: string): Promise<void> {
  if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
  const handle = await open(file, 'wx', ownerOnly);
  await handle.close();
  await rename(made, file);
}

/** Is this an error of the system with that code? */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/* Two writes of one program must not share a file either. */
let written = 0;

async function writeBeside(file: string, bytes: string | Uint8Array): Promise<string> {
  const beside = `${file}.${process.pid}-${(written += 1)}.tmp`;
  await rm(beside, { force: true });
  const handle = await open(beside, 'wx', ownerOnly);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return beside;
}
