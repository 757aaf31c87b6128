import os from 'node:os';

import type { Machine } from './data-folder.ts';

/** The machine this program runs on, as the reading of options wants to know it. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    home: os.homedir(),
    cwd: process.cwd(),
  };
}
