import { log } from '#main/log/log.ts';
import type { Wire } from '#shared/contract/wire.ts';

import { channels } from './channels.ts';
import { isTrusted } from './check-sender.ts';
import type { ContentsPart, IpcMainPart } from './electron-parts.ts';
import { createElectronWire, type ElectronWire } from './electron-wire.ts';

export type Screens = {
  /** From now on this window's page may ask for a wire. */
  add(contents: ContentsPart): void;
};

/** The only place where messages of pages are heard. Each page that asks is given a wire of its own, handed to `attach`. */
export function serveScreens(ipcMain: IpcMainPart, attach: (wire: Wire) => void): Screens {
  const wires = new Map<number, ElectronWire | null>();
  const listen = (channel: string, deed: (contents: ContentsPart, frame: unknown) => void) => {
    ipcMain.on(channel, (message, frame) => {
      if (isTrusted(message, (id) => wires.has(id))) deed(message.sender, frame);
      else log('screen.refused', { channel });
    });
  };
  const lose = (id: number) => wires.get(id)?.lose();

  listen(channels.open, (contents) => {
    lose(contents.id);
    const wire = createElectronWire(contents);
    wires.set(contents.id, wire);
    attach(wire);
  });
  listen(channels.frame, ({ id }, frame) => {
    if (typeof frame === 'string') wires.get(id)?.hear(frame);
  });

  return {
    add(contents) {
      const { id } = contents;
      wires.set(id, null);
      contents.on('render-process-gone', () => lose(id));
      contents.on('destroyed', () => {
        lose(id);
        wires.delete(id);
      });
    },
  };
}
