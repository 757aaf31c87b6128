import { EventEmitter } from 'node:events';

import type { FramePart, PageMessage } from '#main/hosts/electron/electron-parts.ts';

import type { ContentsDouble } from './electron-double-window.ts';

/** What a preload script is handed. */
export type PreloadParts = Pick<PageDouble, 'contextBridge' | 'ipcRenderer'>;

/** Later, and in order, as between processes. */
function acrossProcesses(deed: () => void): void {
  setImmediate(deed);
}

/** The host's handle of a frame. Once its document is gone, whatever it is asked throws, as in Electron. */
export class FrameDouble implements FramePart {
  readonly #page: PageDouble;
  readonly #facts: { readonly url: string; readonly parent: FramePart | null };
  readonly #nodeId: number;

  constructor(page: PageDouble, facts: { url: string; parent: FramePart | null }, nodeId: number) {
    this.#page = page;
    this.#facts = facts;
    this.#nodeId = nodeId;
  }

  get url(): string {
    this.#refuseIfGone();
    return this.#facts.url;
  }

  get parent(): FramePart | null {
    this.#refuseIfGone();
    return this.#facts.parent;
  }

  get detached(): boolean {
    return this.#page.isGone;
  }

  get frameTreeNodeId(): number {
    this.#refuseIfGone();
    return this.#nodeId;
  }

  send(channel: string, ...args: string[]): void {
    this.#refuseIfGone();
    const copies = structuredClone(args);
    acrossProcesses(() => {
      if (!this.#page.isGone) this.#page.ipcRenderer.hear(channel, copies);
    });
  }

  #refuseIfGone(): void {
    if (this.#page.isGone)
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  }
}

/** `ipcRenderer` of one frame of a page. */
class IpcRendererDouble {
  readonly #ears = new EventEmitter();
  readonly #contents: ContentsDouble;
  readonly #frame: FrameDouble;

  constructor(contents: ContentsDouble, frame: FrameDouble) {
    this.#contents = contents;
    this.#frame = frame;
  }

  send(channel: string, ...args: unknown[]): void {
    const copies: unknown[] = structuredClone(args);
    const [contents, frame] = [this.#contents, this.#frame];
    acrossProcesses(() => {
      const message: PageMessage = {
        sender: contents,
        get senderFrame() {
          return frame.detached ? null : frame;
        },
      };
      if (!contents.isDestroyed()) contents.ipcMain.emit(channel, message, ...copies);
    });
  }

  on(channel: string, listener: (event: unknown, frame: unknown) => void): this {
    this.#ears.on(channel, listener);
    return this;
  }

  hear(channel: string, args: unknown[]): void {
    this.#ears.emit(channel, { sender: this, ports: [] }, ...args);
  }
}

/** One document in a window: what its script and its preload can do. */
export class PageDouble {
  readonly url: string;
  /** What the page's own script sees. */
  readonly window: Record<string, unknown> = {};
  readonly ipcRenderer: IpcRendererDouble;
  readonly frame: FrameDouble;
  readonly #contents: ContentsDouble;
  isGone = false;

  constructor(contents: ContentsDouble, url: string) {
    this.#contents = contents;
    this.url = url;
    this.frame = new FrameDouble(this, { url, parent: null }, contents.mainFrameNodeId);
    this.ipcRenderer = new IpcRendererDouble(contents, this.frame);
  }

  /** Functions cross as stand-ins, everything else as a copy. */
  readonly contextBridge = {
    exposeInMainWorld: (key: string, api: object): void => {
      if (Object.hasOwn(this.window, key)) throw new Error(`Cannot bind ${key} twice`);
      this.window[key] = cross(api);
    },
  };

  /** `ipcRenderer` of an iframe, which a page has only where preloads run in subframes. */
  iframe(url: string): Pick<IpcRendererDouble, 'send'> {
    const frame = new FrameDouble(this, { url, parent: this.frame }, this.#contents.newNodeId());
    return new IpcRendererDouble(this.#contents, frame);
  }

  /** The page, or one of its frames, wants to be elsewhere: a link, a script, a form, a drop. Did it get there? */
  navigate(url: string, isMainFrame = true): boolean {
    const event = new PreventableDouble();
    this.#contents.emit('will-frame-navigate', event);
    if (isMainFrame && !event.defaultPrevented) this.#contents.emit('will-navigate', event);
    return this.#arrive(event, isMainFrame ? url : null);
  }

  /** A navigation under way is sent elsewhere by its server. */
  redirect(url: string): boolean {
    const event = new PreventableDouble();
    this.#contents.emit('will-redirect', event);
    return this.#arrive(event, url);
  }

  /** `window.open`, a link with a target, a middle click, a form with a target. Did a window come up? */
  openWindow(url: string): boolean {
    return this.#contents.windowOpenHandler?.({ url }).action !== 'deny';
  }

  attachWebview(): boolean {
    const event = new PreventableDouble();
    this.#contents.emit('will-attach-webview', event);
    return !event.defaultPrevented;
  }

  /** The device the page was given, empty for none. */
  requestBluetooth(): string {
    const event = new PreventableDouble();
    let given = 'first-device';
    this.#contents.emit('select-bluetooth-device', event, [], (id: string) => (given = id));
    return given;
  }

  #arrive(event: PreventableDouble, url: string | null): boolean {
    if (event.defaultPrevented) return false;
    if (url !== null) this.#contents.show(url);
    return true;
  }
}

export class PreventableDouble {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

function cross(value: unknown): unknown {
  if (typeof value === 'function')
    return (...args: unknown[]) => cross(value(...args.map((arg) => cross(arg))));
  if (typeof value !== 'object' || value === null) return structuredClone(value);
  const entries = Object.entries(value).map(([key, inner]) => [key, cross(inner)]);
  return Object.freeze(Object.fromEntries(entries));
}
