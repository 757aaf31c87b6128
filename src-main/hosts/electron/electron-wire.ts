import { createWireEars } from '#shared/contract/wire-ears.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { channels } from './channels.ts';
import type { ContentsPart } from './electron-parts.ts';

export type ElectronWire = Wire & {
  /** A frame has come from this wire's page, by whoever checked that it did. */
  hear(frame: string): void;
  /** The page is gone, or another one has taken its place: closed without a word to it. */
  lose(): void;
};

/** This host's end of a wire to the page of one window. Frames go to that page's main frame and to no other. */
export function createElectronWire(contents: ContentsPart): ElectronWire {
  const ears = createWireEars();
  const post = (channel: string, ...frames: string[]) => {
    try {
      contents.mainFrame.send(channel, ...frames);
    } catch {
      // The frame went away under our hands; there is no one left to send to.
      ears.hearClose();
    }
  };
  post(channels.opened);
  return {
    send(frame) {
      if (!ears.isClosed()) post(channels.frame, frame);
    },
    onFrame: ears.onFrame,
    onClose: ears.onClose,
    close() {
      if (!ears.isClosed()) post(channels.close);
      ears.hearClose();
    },
    hear: ears.hearFrame,
    lose: ears.hearClose,
  };
}
