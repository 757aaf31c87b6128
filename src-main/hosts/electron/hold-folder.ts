import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { StartFailure } from '#main/core/core.ts';

import type { AppPart } from './electron-parts.ts';

export type HoldOptions = {
  readonly dataFolder: string;
  readonly warn: (line: string) => void;
};

/** Of Chromium's own files and the window's place, apart from the history. */
export const windowFolder = (dataFolder: string): string => path.join(dataFolder, 'window');

/**
 * One program to a data folder: a second one brings the first one's window forward and ends.
 * @returns whether this is the first
 */
export function holdsFolder(app: AppPart, { dataFolder, warn }: HoldOptions): boolean {
  const folder = windowFolder(dataFolder);
  makeFolder(folder);
  app.setPath('userData', folder);
  if (app.requestSingleInstanceLock()) return true;
  warn('Trunkline is already running with this data folder; its window was brought to the front.');
  app.exit(0);
  return false;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    throw new StartFailure(
      `The folder ${folder} cannot be made: allow writing there, or choose another data folder with --data.`,
    );
  }
}
