import { statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { syncFolder } from '#main/files/sync-folder.ts';

/** Ids are made by us: 16 random octets in base64url. Nothing else ever becomes part of a path. */
const idShape = /^[A-Za-z0-9_-]{22}$/;

/** `<dataFolder>/media/<first two>/<id>`; null for what is not an id. */
function pathOf(dataFolder: string, id: string): string | null {
  return idShape.test(id) ? path.join(dataFolder, 'media', id.slice(0, 2), id) : null;
}

/** The path of a stored file; null where the id is malformed or nothing is stored under it. */
export function readStored(dataFolder: string, id: string): string | null {
  const file = pathOf(dataFolder, id);
  if (file === null) return null;
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? file : null;
}

/** Stores a file, readable by its owner alone. When this resolves it survives a power cut; before, it is there whole or not. */
export async function storeMedia(dataFolder: string, id: string, bytes: Uint8Array): Promise<void> {
  const file = pathOf(dataFolder, id);
  if (file === null) throw new TypeError('a media id is 22 characters of base64url');
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.tmp`;
  try {
    await writeWhole(unfinished, bytes);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  for (const each of [folder, path.dirname(folder), dataFolder]) await syncFolder(each);
}

/** Removes a stored file; nothing happens where there is none. */
export async function removeStored(dataFolder: string, id: string): Promise<void> {
  const file = pathOf(dataFolder, id);
  if (file !== null) await rm(file, { force: true });
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
