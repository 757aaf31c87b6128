import type { ElectronParts } from '#main/hosts/electron/electron-parts.ts';
import { systemClock } from '#main/log/system-clock.ts';
import { openElectronWire } from '#renderer/host/electron-wire.ts';
import { createHostCaller } from '#shared/contract/call-host.ts';

import { bridgeOf, runPreload } from './electron-double-pair.ts';
import { ElectronDouble } from './electron-double.ts';

/**
 * Stands in for the npm package `electron` in a process of its own. The first page that comes up asks for the overview, prints
 * it and quits, as a person would.
 */
const electron = new ElectronDouble({
  runPreload(page) {
    runPreload(page);
    setImmediate(() => void useAndQuit());
  },
});
electron.app.exit = (code) => process.exit(code);

async function useAndQuit(): Promise<void> {
  const caller = createHostCaller({
    clock: systemClock,
    random: Math.random,
    connect: async () => openElectronWire(bridgeOf(electron.window.webContents.page)),
  });
  const overview = await caller.call('overview.get', {});
  process.stdout.write(`${JSON.stringify({ overview, warning: electron.messageBoxes[0] })}\n`);
  electron.app.quit();
}

export const {
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
}: ElectronParts = electron;
