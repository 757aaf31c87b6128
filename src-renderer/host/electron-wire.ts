import { createWireEars } from '#shared/contract/wire-ears.ts';
import type { Wire } from '#shared/contract/wire.ts';

/** What the desktop window's preload lends the page. */
export type DesktopBridge = {
  send(frame: string): void;
  onFrame(listener: (frame: string) => void): () => void;
  onClose(listener: () => void): () => void;
};

declare global {
  // eslint-disable-next-line typescript/consistent-type-definitions -- only an interface merges with the DOM's
  interface Window {
    readonly trunkline?: DesktopBridge;
  }
}

/** A wire over the desktop window's bridge. */
export function openElectronWire(bridge: DesktopBridge): Wire {
  const ears = createWireEars();
  const stopFrames = bridge.onFrame(ears.hearFrame);
  bridge.onClose(ears.hearClose);
  return {
    send(frame) {
      if (!ears.isClosed()) bridge.send(frame);
    },
    onFrame: ears.onFrame,
    onClose: ears.onClose,
    close() {
      stopFrames();
      ears.hearClose();
    },
  };
}
