import { EventEmitter } from 'node:events';

import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';

import type { ContentsPart, WindowPart } from '#main/hosts/electron/electron-parts.ts';

import { PageDouble, PreventableDouble, type FrameDouble } from './electron-double-page.ts';
import type { ElectronDouble } from './electron-double.ts';

type OpenHandler = Parameters<ContentsPart['setWindowOpenHandler']>[0];

let lastId = 0;

export class ContentsDouble extends EventEmitter implements ContentsPart {
  readonly id = (lastId += 1);
  readonly mainFrameNodeId = this.newNodeId();
  readonly #electron: ElectronDouble;
  #page: PageDouble | null = null;
  #isDestroyed = false;
  windowOpenHandler: OpenHandler | null = null;

  constructor(electron: ElectronDouble) {
    super();
    this.#electron = electron;
  }

  get ipcMain(): EventEmitter {
    return this.#electron.ipcMain;
  }

  get mainFrame(): FrameDouble {
    return this.page.frame;
  }

  /** The document shown now. */
  get page(): PageDouble {
    if (this.#page === null) throw new Error('Nothing was loaded');
    return this.#page;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.windowOpenHandler = handler;
  }

  newNodeId(): number {
    return (lastId += 1);
  }

  /** Another document takes the place of the one shown; the preload runs in it. */
  show(url: string): void {
    this.#leavePage();
    this.#page = new PageDouble(this, url);
    this.#electron.runPreload(this.#page);
  }

  /** The renderer process dies. */
  crash(reason = 'crashed'): void {
    this.#leavePage();
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#leavePage();
    this.#isDestroyed = true;
    this.emit('destroyed');
  }

  #leavePage(): void {
    if (this.#page !== null) this.#page.isGone = true;
  }
}

export class WindowDouble extends EventEmitter implements WindowPart {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: ContentsDouble;
  readonly #electron: ElectronDouble;
  bounds: Rectangle;
  isVisible: boolean;
  isFocused = false;
  maximized = false;
  minimized = false;

  constructor(electron: ElectronDouble, options: BrowserWindowConstructorOptions) {
    super();
    this.#electron = electron;
    this.options = options;
    const { x = 10, y = 10, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.isVisible = options.show ?? true;
    this.webContents = new ContentsDouble(electron);
    electron.windows.push(this);
    electron.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const response = await this.#electron.defaultSession.load(url);
    if (!response.ok) throw new Error(`ERR_FAILED loading '${url}'`);
    this.webContents.show(url);
    this.emit('ready-to-show');
  }

  /** As a person closes it. */
  close(): void {
    const event = new PreventableDouble();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.webContents.destroy();
    this.#electron.forgetWindow(this);
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  focus(): void {
    this.#refuseIfGone();
    this.isFocused = true;
  }

  getNormalBounds(): Rectangle {
    this.#refuseIfGone();
    return this.bounds;
  }

  hide(): void {
    this.#refuseIfGone();
    this.isVisible = false;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  maximize(): void {
    this.maximized = true;
  }

  restore(): void {
    this.minimized = false;
  }

  show(): void {
    this.#refuseIfGone();
    this.isVisible = true;
  }

  #refuseIfGone(): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
  }
}
