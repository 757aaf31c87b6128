import { createWireEars } from '#shared/contract/wire-ears.ts';
import { maxFrameUnits } from '#shared/contract/wire.ts';

import { channels } from './channels.ts';

/**
 * In UTF-16 units. A frame a little over what one may be goes through, so that the host can say what is wrong with it; one far
 * over never loads the host's memory.
 */
const mostUnits = 2 * maxFrameUnits;

/** The one thing a page is given, as `window.trunkline`: frames in, frames out. */
export type ScreenBridge = {
  /** Sends one frame to the host. What is no text, or far too long, is not sent. */
  send(frame: string): void;
  /** Hears every frame from the host. Returns the way to stop. */
  onFrame(listener: (frame: string) => void): () => void;
  /** Hears once that the host has closed the wire; at once where it is closed already. Returns the way to stop. */
  onClose(listener: () => void): () => void;
};

/** What the bridge needs of Electron's `ipcRenderer`. */
export type PageIpc = {
  send(channel: string, ...args: string[]): void;
  on(channel: string, listener: (event: unknown, frame: unknown) => void): unknown;
};

/** Asks the host for a wire and makes this page's end of it. Electron's own events never reach the page. */
export function makeBridge(ipc: PageIpc): ScreenBridge {
  const ears = createWireEars();
  let isOpen = false;
  ipc.on(channels.opened, () => {
    isOpen = true;
  });
  ipc.on(channels.frame, (_event, frame) => {
    if (isOpen && typeof frame === 'string') ears.hearFrame(frame);
  });
  ipc.on(channels.close, () => {
    if (isOpen) ears.hearClose();
  });
  ipc.send(channels.open);
  return {
    send(frame) {
      if (!ears.isClosed() && isFrame(frame)) ipc.send(channels.frame, frame);
    },
    onFrame: (listener) => ears.onFrame((frame) => listener(frame)),
    onClose: (listener) => ears.onClose(() => listener()),
  };
}

function isFrame(frame: unknown): boolean {
  return typeof frame === 'string' && frame.length <= mostUnits;
}
