import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';

import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeImage,
  NotificationConstructorOptions,
} from 'electron';

import type { ElectronParts, MenuHandle } from '#main/hosts/electron/electron-parts.ts';

import { KeyStoreDouble } from './electron-double-key-store.ts';
import { PreventableDouble, type PreloadParts } from './electron-double-page.ts';
import { SessionDouble } from './electron-double-session.ts';
import { WindowDouble } from './electron-double-window.ts';

/** Programs by the profile they hold, as the system's locks know them. */
export type Desktop = Map<string, ElectronDouble>;

export type ElectronDoubleOptions = {
  /** Shared by programs that run at the same time. */
  readonly desktop?: Desktop;
  /** What the built preload does in a fresh page. */
  readonly runPreload?: (page: PreloadParts) => void;
};

class NoticeDouble extends EventEmitter {
  readonly options: NotificationConstructorOptions;
  state: 'made' | 'shown' | 'closed' = 'made';

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }

  show(): void {
    this.state = 'shown';
  }

  close(): void {
    this.state = 'closed';
    this.emit('close');
  }
}

class TrayDouble extends EventEmitter {
  menu: MenuItemConstructorOptions[] = [];
  toolTip = '';
  isDestroyed = false;

  setContextMenu(menu: MenuHandle): void {
    this.menu = templateOf(menu);
  }

  setToolTip(words: string): void {
    this.toolTip = words;
  }

  destroy(): void {
    this.isDestroyed = true;
  }
}

class AppDouble extends EventEmitter {
  readonly #electron: ElectronDouble;
  readonly #desktop: Desktop;
  readonly isPackaged = false;
  isReady = false;
  isSandboxed = false;
  userData = '';
  exitCode: number | null = null;

  constructor(electron: ElectronDouble, desktop: Desktop) {
    super();
    this.#electron = electron;
    this.#desktop = desktop;
  }

  enableSandbox(): void {
    this.refuseIfReady('app.enableSandbox()');
    this.isSandboxed = true;
  }

  exit(code: number): void {
    this.exitCode ??= code;
  }

  /** Asks whoever may say no, then closes every window. */
  quit(): void {
    const event = new PreventableDouble();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    while (this.#electron.windows.length > 0) this.#electron.windows[0]?.close();
    this.exit(0);
  }

  requestSingleInstanceLock(): boolean {
    const holder = this.#desktop.get(this.userData);
    if (holder === undefined) this.#desktop.set(this.userData, this.#electron);
    else holder.app.emit('second-instance');
    return holder === undefined;
  }

  setPath(_name: 'userData', path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.userData = path;
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.isReady = true;
        this.emit('session-created', this.#electron.defaultSession);
        resolve();
      });
    });
  }

  refuseIfReady(what: string): void {
    if (this.isReady) throw new Error(`${what} can only be called before app is ready`);
  }
}

/**
 * A program's Electron without Electron: processes are told apart by copying and by never answering at once, doors are open
 * until the host shuts them, and what is gone throws. Held to the same type as the real module.
 */
export class ElectronDouble implements ElectronParts {
  readonly app: AppDouble;
  readonly ipcMain = new EventEmitter();
  readonly defaultSession = new SessionDouble();
  readonly session = { defaultSession: this.defaultSession };
  readonly safeStorage = new KeyStoreDouble();
  readonly windows: WindowDouble[] = [];
  readonly trays: TrayDouble[] = [];
  readonly notices: NoticeDouble[] = [];
  readonly errorBoxes: string[] = [];
  readonly messageBoxes: MessageBoxOptions[] = [];
  readonly openedLinks: string[] = [];
  schemes: CustomScheme[] = [];
  menu: MenuItemConstructorOptions[] = [];
  /** The button a person presses next in a message box, or for how long they think about it. */
  pressed: number | Promise<number> = 0;
  areNoticesSupported = true;
  readonly runPreload: (page: PreloadParts) => void;

  readonly BrowserWindow = windowClassOf(this);
  readonly Notification = noticeClassOf(this);
  readonly Tray = trayClassOf(this);

  constructor({ desktop, runPreload }: ElectronDoubleOptions = {}) {
    this.app = new AppDouble(this, desktop ?? new Map());
    this.runPreload = runPreload ?? (() => {});
  }

  readonly Menu = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => menuOf(template),
    setApplicationMenu: (menu: MenuHandle): void => {
      this.menu = templateOf(menu);
    },
  };

  readonly protocol = {
    registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => {
      this.app.refuseIfReady('protocol.registerSchemesAsPrivileged');
      this.schemes = schemes;
    },
  };

  readonly dialog = {
    showErrorBox: (_title: string, content: string): void => {
      this.errorBoxes.push(content);
    },
    showMessageBox: async (options: MessageBoxOptions): Promise<{ response: number }> => {
      this.messageBoxes.push(options);
      return { response: await this.pressed };
    },
  };

  readonly shell = {
    openExternal: async (url: string): Promise<void> => {
      this.openedLinks.push(url);
    },
  };

  readonly screen = {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }],
  };

  readonly nativeImage = {
    createFromBitmap: (pixels: Buffer, { width, height }: { width: number; height: number }) =>
      imageOf(pixels.length === width * height * 4 && pixels.some((octet) => octet !== 0)),
  };

  /** The one window there is. */
  get window(): WindowDouble {
    const [window] = this.windows;
    if (window === undefined || this.windows.length > 1)
      throw new Error(`There are ${this.windows.length} windows`);
    return window;
  }

  forgetWindow(window: WindowDouble): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    if (this.windows.length === 0 && this.app.exitCode === null) this.app.emit('window-all-closed');
  }
}

function windowClassOf(electron: ElectronDouble): ElectronParts['BrowserWindow'] {
  return class extends WindowDouble {
    constructor(options: BrowserWindowConstructorOptions) {
      super(electron, options);
    }
  };
}

function noticeClassOf(electron: ElectronDouble): ElectronParts['Notification'] {
  return class extends NoticeDouble {
    static isSupported(): boolean {
      return electron.areNoticesSupported;
    }

    constructor(options: NotificationConstructorOptions) {
      super(options);
      electron.notices.push(this);
    }
  };
}

function trayClassOf(electron: ElectronDouble): ElectronParts['Tray'] {
  return class extends TrayDouble {
    constructor(image: NativeImage) {
      super();
      if (image.isEmpty()) throw new Error('Failed to create tray: the image is empty');
      electron.trays.push(this);
    }
  };
}

const templates = new WeakMap<object, MenuItemConstructorOptions[]>();

/** Menus and images are only ever made and handed on, so theirs is the one type that is asserted. */
function menuOf(template: MenuItemConstructorOptions[]): MenuHandle {
  const menu = {};
  templates.set(menu, template);
  return menu as MenuHandle;
}

function templateOf(menu: MenuHandle): MenuItemConstructorOptions[] {
  return templates.get(menu) ?? [];
}

function imageOf(isDrawn: boolean): NativeImage {
  return { isEmpty: () => !isDrawn } as NativeImage;
}
