import { StartFailure } from '#main/core/core.ts';
import { log } from '#main/log/log.ts';

import type { ElectronParts } from './electron-parts.ts';
import type { LaunchWord } from './tell-launcher.ts';

export type FailOptions = {
  readonly tellLauncher: (word: LaunchWord) => void;
  readonly warn: (line: string) => void;
};

const unforeseen =
  'Something went wrong inside Trunkline. Start it again; if it stays so, keep a copy of the data folder and report it.';

/** Tells the person in a sentence why there is no going on, and ends the program with 1. */
export function fail(
  { app, dialog }: Pick<ElectronParts, 'app' | 'dialog'>,
  { tellLauncher, warn }: FailOptions,
  error: unknown,
): void {
  const isForeseen = error instanceof StartFailure;
  if (!isForeseen)
    log('start.failed', { name: error instanceof Error ? error.name : typeof error });
  const sentence = isForeseen ? error.message : unforeseen;
  tellLauncher('shown');
  warn(sentence);
  dialog.showErrorBox('Trunkline', sentence);
  app.exit(1);
}
