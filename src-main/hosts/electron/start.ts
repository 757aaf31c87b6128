import { randomInt } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
} from 'electron';

import { readOptions, type Options } from '#main/core/read-options.ts';
import { startCore } from '#main/core/start-core.ts';
import { thisMachine } from '#main/core/this-machine.ts';

import { mediaBase } from './pages.ts';
import { startElectronHost } from './start-electron-host.ts';
import { createLauncherNotes } from './tell-launcher.ts';
import { wordsAfterProgram } from './words-after-program.ts';

/** The folder of everything that was built. Built, this file is `main/electron.js` in it. */
const here = path.dirname(fileURLToPath(import.meta.url));
const built = path.join(here, path.basename(here) === 'main' ? '..' : '../../../out');
const tellLauncher = createLauncherNotes(process.env['TRUNKLINE_LAUNCH_NOTES']);
const print = (line: string) => process.stdout.write(`${line}\n`);
const warn = (line: string) => process.stderr.write(`${line}\n`);

/** Highest seed a run of the sandbox may have, plus one. */
const seeds = 2 ** 32;

function start(options: Options): void {
  void startElectronHost(
    {
      app,
      BrowserWindow,
      dialog,
      ipcMain,
      Menu,
      nativeImage,
      Notification,
      protocol,
      safeStorage,
      screen,
      session,
      shell,
      Tray,
    },
    {
      dataFolder: options.dataFolder,
      core: {
        relayPort: options.relayPort,
        mediaBase,
        sandboxSpeed: options.sandboxSpeed,
        sandboxSeed: options.sandboxSeed ?? randomInt(seeds),
      },
      built: {
        pages: path.join(built, 'renderer'),
        preload: path.join(built, 'preload', 'preload.cjs'),
      },
      platform: process.platform,
      allowDevTools: !app.isPackaged && process.env['TRUNKLINE_DEVTOOLS'] === '1',
      startCore,
      tellLauncher,
      print,
      warn,
    },
  );
}

function leave(code: number, say: () => void): void {
  tellLauncher('shown');
  say();
  app.exit(code);
}

const read = readOptions(wordsAfterProgram(process.argv, app.isPackaged), thisMachine());
switch (read.kind) {
  case 'options':
    start(read.options);
    break;
  case 'help':
    leave(0, () => print(read.text));
    break;
  case 'wrong':
    leave(2, () => warn(read.sentence));
}
