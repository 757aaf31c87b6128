import path from 'node:path';

import { StartFailure, type Core, type CoreOptions } from '#main/core/core.ts';
import type { HostServices } from '#main/core/host-services.ts';
import { readPageFiles } from '#main/core/page-files.ts';
import { log } from '#main/log/log.ts';
import { systemClock } from '#main/log/system-clock.ts';

import type { ElectronParts } from './electron-parts.ts';
import { fail } from './fail.ts';
import { guardContents } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { holdsFolder, windowFolder } from './hold-folder.ts';
import { createMainWindow, type MainWindow } from './main-window.ts';
import { setMenu } from './menu.ts';
import { createLinkOpener } from './open-link.ts';
import { openSecrets } from './open-secrets.ts';
import { pageScheme } from './pages.ts';
import { serveSchemes } from './serve-schemes.ts';
import { serveScreens } from './serve-screens.ts';
import { createNotifier } from './show-notice.ts';
import { stopCleanly } from './stop-cleanly.ts';
import type { LaunchWord } from './tell-launcher.ts';
import { createTray } from './tray.ts';

export type ElectronHostOptions = {
  readonly dataFolder: string;
  readonly core: CoreOptions;
  /** Absolute paths of what was built. */
  readonly built: { readonly pages: string; readonly preload: string };
  readonly platform: NodeJS.Platform;
  readonly allowDevTools: boolean;
  readonly startCore: (host: HostServices, options: CoreOptions) => Promise<Core>;
  readonly tellLauncher: (word: LaunchWord) => void;
  /** Say one line to whoever started the program: what they may rely on, and what they should know. */
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
};

/**
 * Runs the desktop program. What must happen before Electron is ready happens before this returns; the promise settles once
 * the window is asked for, or the program is on its way out.
 */
export async function startElectronHost(
  electron: ElectronParts,
  options: ElectronHostOptions,
): Promise<void> {
  try {
    if (!holdsFolder(electron.app, options)) return;
    prepare(electron, options);
    await electron.app.whenReady();
    options.tellLauncher('ready');
    await run(electron, options);
  } catch (error) {
    fail(electron, options, error);
  }
}

/** What Electron takes only before it is ready, and the guards of all that comes into being later. */
function prepare(electron: ElectronParts, { allowDevTools }: ElectronHostOptions): void {
  const { app, protocol } = electron;
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  const openLink = createLinkOpener(electron);
  app.on('session-created', (session) => guardSession(session, allowDevTools));
  app.on('web-contents-created', (_event, contents) =>
    guardContents(contents, (address) => void openLink(address)),
  );
}

async function run(electron: ElectronParts, options: ElectronHostOptions): Promise<void> {
  const { app, session, safeStorage } = electron;
  const { platform, allowDevTools, dataFolder } = options;
  const files = readPageFiles(options.built.pages);
  const secrets = await openSecrets({ safeStorage, folder: dataFolder, platform });
  let window: MainWindow | null = null;
  const show = () => window?.show();
  const core = await options.startCore(
    {
      dataFolder,
      secrets: secrets.store,
      clock: systemClock,
      notify: createNotifier(electron, show),
    },
    options.core,
  );
  options.print(`Relay is ready at ${core.relayUrl}`);

  guardSession(session.defaultSession, allowDevTools);
  serveSchemes(session.defaultSession, files, core);
  setMenu(electron, { platform, allowDevTools });
  window = openMainWindow(electron, options, core);
  const tray = createTray(electron, { show, quit: () => app.quit() });
  stopCleanly(app, {
    hide() {
      window?.hide();
      tray?.destroy();
    },
    stop: () => core.stop(),
  });
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  window.show();
  const warning = secrets.warning();
  if (warning !== null) warnPerson(electron, options, warning);
}

function openMainWindow(
  electron: ElectronParts,
  options: ElectronHostOptions,
  core: Core,
): MainWindow {
  let isShown = false;
  const screens = serveScreens(electron.ipcMain, (wire) => {
    isShown = true;
    options.tellLauncher('shown');
    core.attach(wire);
  });
  return createMainWindow(electron, {
    preload: options.built.preload,
    placeFile: path.join(windowFolder(options.dataFolder), 'place.json'),
    allowDevTools: options.allowDevTools,
    onContents: (contents) => screens.add(contents),
    onHopeless() {
      const leave = () =>
        // Where no page was ever shown the launcher says so, and starts another screen.
        isShown ? fail(electron, options, pageFailure()) : electron.app.exit(1);
      core.stop().then(leave, leave);
    },
  });
}

function warnPerson(
  { dialog }: ElectronParts,
  { warn }: ElectronHostOptions,
  sentence: string,
): void {
  warn(sentence);
  dialog
    .showMessageBox({ type: 'warning', title: 'Trunkline', message: sentence, buttons: ['OK'] })
    .catch(() => log('warning.not-shown'));
}

function pageFailure(): StartFailure {
  return new StartFailure('The window stopped working again and again. Start Trunkline anew.');
}
