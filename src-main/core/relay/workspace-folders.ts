import { readdirSync } from 'node:fs';
import path from 'node:path';

import { isCode } from '#main/files/write-durably.ts';

import { StartFailure } from '../core.ts';

/** A workspace of a relay and the folder it lies in. */
export type WorkspaceFolder = { readonly name: string; readonly folder: string };

/** The workspace that is the data folder itself. */
const firstWorkspace = 'main';
const workspaceName = /^[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * The workspaces in a relay's data folder: itself, and each folder in `workspaces`, by their names.
 * @throws {StartFailure}
 */
export function findWorkspaceFolders(dataFolder: string): WorkspaceFolder[] {
  const within = path.join(dataFolder, 'workspaces');
  const others = foldersIn(within).map((name) => ({ name, folder: path.join(within, name) }));
  for (const { name, folder } of others) assertName(name, folder);
  return [{ name: firstWorkspace, folder: dataFolder }, ...others];
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw new StartFailure(`The folder ${folder} cannot be read: allow reading it.`);
  }
}

function assertName(name: string, folder: string): void {
  if (name !== firstWorkspace && workspaceName.test(name)) return;
  throw new StartFailure(
    `${folder} cannot be a workspace: call it by small letters, digits and dashes, at most 40, and not "${firstWorkspace}".`,
  );
}
