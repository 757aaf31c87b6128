import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the launcher waits to know: `ready`, Electron itself came up; `shown`, a page is there or the person has been told why
 * not, so that the launcher need not start anything else.
 */
export type LaunchWord = 'ready' | 'shown';

/** Makes the way to leave words for the launcher, as empty files in the folder it named. Started by hand, nobody listens. */
export function createLauncherNotes(folder: string | undefined): (word: LaunchWord) => void {
  return (word) => {
    if (folder === undefined) return;
    try {
      writeFileSync(path.join(folder, word), '', { mode: 0o600 });
    } catch {
      // The launcher is gone, and the word with it.
    }
  };
}
