import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NativeImage,
  NotificationConstructorOptions,
  Rectangle,
  SafeStorage,
  WindowOpenHandlerResponse,
} from 'electron';

/**
 * Everything of Electron that this host touches, and nothing else. The program's entry hands in the real module, tests hand in
 * a double, and the compiler holds both to this.
 */
export type ElectronParts = {
  readonly app: AppPart;
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => WindowPart;
  readonly Menu: MenuPart;
  readonly Notification: NotificationPart;
  readonly Tray: new (image: NativeImage) => TrayPart;
  readonly dialog: DialogPart;
  readonly ipcMain: IpcMainPart;
  readonly nativeImage: NativeImagePart;
  readonly protocol: { registerSchemesAsPrivileged(schemes: CustomScheme[]): void };
  readonly safeStorage: SafeStoragePart;
  readonly screen: { getAllDisplays(): { readonly workArea: Rectangle }[] };
  readonly session: { readonly defaultSession: SessionPart };
  readonly shell: { openExternal(url: string): Promise<void> };
};

/** An event whose usual consequence can be prevented. */
export type Preventable = { preventDefault(): void };

export type AppPart = {
  readonly isPackaged: boolean;
  enableSandbox(): void;
  exit(code: number): void;
  quit(): void;
  requestSingleInstanceLock(): boolean;
  setPath(name: 'userData', path: string): void;
  whenReady(): Promise<void>;
  on(name: 'before-quit', listener: (event: Preventable) => void): unknown;
  on(name: 'activate', listener: () => void): unknown;
  on(name: 'second-instance', listener: () => void): unknown;
  on(name: 'window-all-closed', listener: () => void): unknown;
  on(name: 'session-created', listener: (session: SessionPart) => void): unknown;
  on(
    name: 'web-contents-created',
    listener: (event: unknown, contents: ContentsPart) => void,
  ): unknown;
};

export type WindowPart = {
  readonly webContents: ContentsPart;
  focus(): void;
  getNormalBounds(): Rectangle;
  hide(): void;
  isDestroyed(): boolean;
  isMaximized(): boolean;
  isMinimized(): boolean;
  loadURL(url: string): Promise<void>;
  maximize(): void;
  restore(): void;
  show(): void;
  on(name: 'close', listener: () => void): unknown;
  once(name: 'ready-to-show', listener: () => void): unknown;
};

export type ContentsPart = {
  readonly id: number;
  readonly mainFrame: FramePart;
  isDestroyed(): boolean;
  setWindowOpenHandler(
    handler: (details: { readonly url: string }) => WindowOpenHandlerResponse,
  ): void;
  on(name: 'will-navigate', listener: (event: Preventable) => void): unknown;
  on(name: 'will-frame-navigate', listener: (event: Preventable) => void): unknown;
  on(name: 'will-redirect', listener: (event: Preventable) => void): unknown;
  on(name: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  on(
    name: 'select-bluetooth-device',
    listener: (event: Preventable, devices: unknown, answer: (deviceId: string) => void) => void,
  ): unknown;
  on(name: 'destroyed', listener: () => void): unknown;
  on(
    name: 'render-process-gone',
    listener: (event: unknown, details: { readonly reason: string }) => void,
  ): unknown;
};

export type FramePart = {
  readonly detached: boolean;
  readonly frameTreeNodeId: number;
  readonly parent: object | null;
  readonly url: string;
  send(channel: string, ...args: string[]): void;
};

/** A message from a page. `senderFrame` turns null once the frame is gone, so it is read at once and only once. */
export type PageMessage = {
  readonly sender: ContentsPart;
  readonly senderFrame: FramePart | null;
};

export type IpcMainPart = {
  on(channel: string, listener: (event: PageMessage, frame: unknown) => void): unknown;
};

export type SessionPart = {
  readonly protocol: {
    handle(scheme: string, handler: (request: SchemeRequest) => Response | Promise<Response>): void;
  };
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        answer: (response: { cancel?: boolean }) => void,
      ) => void,
    ): void;
  };
  allowNTLMCredentialsForDomains(domains: string): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  setDisplayMediaRequestHandler(
    handler: (request: unknown, answer: (streams: null) => void) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (contents: ContentsPart | null, permission: string) => boolean,
  ): void;
  setPermissionRequestHandler(
    handler: (
      contents: ContentsPart,
      permission: string,
      answer: (granted: boolean) => void,
    ) => void,
  ): void;
  setSpellCheckerLanguages(languages: string[]): void;
  on(name: 'will-download', listener: (event: Preventable) => void): unknown;
};

export type SchemeRequest = { readonly url: string; readonly method: string };

type DialogPart = {
  showErrorBox(title: string, content: string): void;
  showMessageBox(options: MessageBoxOptions): Promise<{ readonly response: number }>;
};

export type SafeStoragePart = Pick<
  SafeStorage,
  | 'decryptStringAsync'
  | 'encryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'isAsyncEncryptionAvailable'
>;

export type NoticePart = {
  close(): void;
  show(): void;
  on(name: 'click', listener: () => void): unknown;
  on(name: 'close', listener: () => void): unknown;
};

type NotificationPart = {
  new (options: NotificationConstructorOptions): NoticePart;
  isSupported(): boolean;
};

/** A menu is only ever made and handed on. */
export type MenuHandle = Electron.Menu;

type MenuPart = {
  buildFromTemplate(template: MenuItemConstructorOptions[]): MenuHandle;
  setApplicationMenu(menu: MenuHandle): void;
};

export type TrayPart = {
  destroy(): void;
  setContextMenu(menu: MenuHandle): void;
  setToolTip(words: string): void;
  on(name: 'click', listener: () => void): unknown;
};

type NativeImagePart = {
  createFromBitmap(
    pixels: Buffer,
    options: { width: number; height: number; scaleFactor?: number },
  ): NativeImage;
};
