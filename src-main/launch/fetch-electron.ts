import { spawn } from 'node:child_process';
import path from 'node:path';

import { packageFolder } from './find-electron.ts';

/** Milliseconds: a person waits no longer for a download that may never come. */
const fetchWithinMs = 20_000;

/** Has the npm package download Electron's program. Settles within 20 s, whether it came or not. */
export function fetchElectron(from: string = import.meta.url): Promise<void> {
  const folder = packageFolder(from);
  if (folder === null) return Promise.resolve();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: fetchWithinMs,
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
}
