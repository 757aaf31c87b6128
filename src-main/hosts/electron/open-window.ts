import type { BrowserWindowConstructorOptions } from 'electron';

import type { ElectronParts, WindowPart } from './electron-parts.ts';
import { keepPlace, leastSize, readPlace, usualSize } from './window-place.ts';

export type WindowOptions = {
  /** Absolute path of the built preload. */
  readonly preload: string;
  /** Absolute path of the small file that says where the window stood last. */
  readonly placeFile: string;
  readonly allowDevTools: boolean;
};

/** Makes the window, where it stood last, still empty. It shows itself once there is something to see. */
export function openWindow(
  { BrowserWindow, screen }: Pick<ElectronParts, 'BrowserWindow' | 'screen'>,
  options: WindowOptions,
): WindowPart {
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const place = readPlace(options.placeFile, displays);
  const { maximized, ...box } = place ?? { ...usualSize, maximized: false };
  const window = new BrowserWindow({
    ...box,
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Trunkline',
    webPreferences: webPreferences(options),
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    keepPlace(options.placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  return window;
}

function webPreferences({
  preload,
  allowDevTools,
}: WindowOptions): NonNullable<BrowserWindowConstructorOptions['webPreferences']> {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableBlinkFeatures: 'Auxclick',
    devTools: allowDevTools,
    // The system's checker on macOS; elsewhere the session is given no language, so that no dictionary is fetched.
    spellcheck: true,
  };
}
