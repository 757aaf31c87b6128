import { log } from '#main/log/log.ts';

import type { ElectronParts, TrayPart } from './electron-parts.ts';

export type TrayDeeds = { readonly show: () => void; readonly quit: () => void };

/** Pixels. */
const side = 32;
/** Of one pixel, in the order blue, green, red, opacity. */
const ink = [0xd6, 0x6f, 0x2f, 0xff];

/** Puts an icon with Show and Quit into the tray; null where the desktop has none. It must be held on to. */
export function createTray(
  { Tray, Menu, nativeImage }: Pick<ElectronParts, 'Tray' | 'Menu' | 'nativeImage'>,
  { show, quit }: TrayDeeds,
): TrayPart | null {
  try {
    const options = { width: side, height: side, scaleFactor: 2 };
    const tray = new Tray(nativeImage.createFromBitmap(drawBubble(), options));
    tray.setToolTip('Trunkline');
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show Trunkline', click: show },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    );
    tray.on('click', show);
    return tray;
  } catch {
    log('tray.unavailable');
    return null;
  }
}

/** A speech bubble: a round-cornered box with a tail at the lower left. */
function drawBubble(): Buffer {
  const pixels = Buffer.alloc(side * side * ink.length);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (isBox(x, y) || isTail(x, y)) pixels.set(ink, (y * side + x) * ink.length);
  return pixels;
}

function isBox(x: number, y: number): boolean {
  const radius = 6;
  const dx = Math.max(2 + radius - x, x - (29 - radius), 0);
  const dy = Math.max(3 + radius - y, y - (23 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function isTail(x: number, y: number): boolean {
  return y > 23 && y < 30 && x >= 7 && x <= 14 - (y - 23);
}
