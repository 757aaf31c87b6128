import { makeBridge, type ScreenBridge } from '#main/hosts/electron/bridge.ts';
import { pageUrl } from '#main/hosts/electron/pages.ts';
import { serveScreens } from '#main/hosts/electron/serve-screens.ts';
import { openElectronWire } from '#renderer/host/electron-wire.ts';
import type { Wire } from '#shared/contract/wire.ts';

import type { PageDouble, PreloadParts } from './electron-double-page.ts';
import { ElectronDouble } from './electron-double.ts';

/** What the built preload does, over the double's parts. */
export function runPreload({ contextBridge, ipcRenderer }: PreloadParts): void {
  contextBridge.exposeInMainWorld('trunkline', makeBridge(ipcRenderer));
}

export function bridgeOf(page: PageDouble): ScreenBridge {
  return page.window['trunkline'] as ScreenBridge;
}

/** The host's wire to the page of a window, with that page's end at the other side of the bridge. */
export async function openElectronPair() {
  const electron = new ElectronDouble({ runPreload });
  electron.defaultSession.protocol.handle('app', () => new Response());
  const accepted = Promise.withResolvers<Wire>();
  const attached: Wire[] = [];
  const screens = serveScreens(electron.ipcMain, (wire) => {
    attached.push(wire);
    accepted.resolve(wire);
  });
  new electron.BrowserWindow({});
  const { window } = electron;
  screens.add(window.webContents);
  await window.loadURL(pageUrl);
  const screen = wireOfBridge(bridgeOf(window.webContents.page), () => window.close());
  const host = await accepted.promise;
  const dispose = async () => window.close();
  return { electron, window, attached, screen, host, dispose };
}

/** The screen's own wire. The bridge has no close of its own: a page closes its wire by going away. */
function wireOfBridge(bridge: ScreenBridge, goAway: () => void): Wire {
  const wire = openElectronWire(bridge);
  return {
    ...wire,
    close() {
      wire.close();
      goAway();
    },
  };
}
