import { log } from '#main/log/log.ts';

import type { ContentsPart, ElectronParts, WindowPart } from './electron-parts.ts';
import { openWindow, type WindowOptions } from './open-window.ts';
import { pageUrl } from './pages.ts';

export type MainWindow = {
  /** Brings the window forward, and opens it where it is closed. */
  show(): void;
  hide(): void;
};

export type MainWindowOptions = WindowOptions & {
  /** A window is about to load its page. */
  readonly onContents: (contents: ContentsPart) => void;
  /** The page has died so often that loading it again is no use. */
  readonly onHopeless: () => void;
};

/** A page that dies is loaded again so often within one window's life. */
const mostReloads = 3;

/** Keeps the one window of this program. */
export function createMainWindow(
  electron: Pick<ElectronParts, 'BrowserWindow' | 'screen'>,
  options: MainWindowOptions,
): MainWindow {
  let current: WindowPart | null = null;
  return {
    show() {
      if (current === null || current.isDestroyed()) current = open(electron, options);
      else bringForward(current);
    },
    hide() {
      if (current !== null && !current.isDestroyed()) current.hide();
    },
  };
}

function open(
  electron: Pick<ElectronParts, 'BrowserWindow' | 'screen'>,
  options: MainWindowOptions,
): WindowPart {
  const window = openWindow(electron, options);
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    log('window.page-gone', { reason });
    reloads += 1;
    if (reason === 'launch-failed' || reloads > mostReloads) options.onHopeless();
    else load(window);
  });
  options.onContents(window.webContents);
  load(window);
  return window;
}

function load(window: WindowPart): void {
  window.loadURL(pageUrl).catch(() => log('window.not-loaded'));
}

function bringForward(window: WindowPart): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
