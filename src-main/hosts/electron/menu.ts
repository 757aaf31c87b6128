import type { MenuItemConstructorOptions } from 'electron';

import type { ElectronParts } from './electron-parts.ts';

export type MenuOptions = {
  readonly platform: NodeJS.Platform;
  readonly allowDevTools: boolean;
};

/** Replaces Electron's own menu, which reloads pages and opens developer tools. */
export function setMenu({ Menu }: Pick<ElectronParts, 'Menu'>, options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

function menuTemplate({ platform, allowDevTools }: MenuOptions): MenuItemConstructorOptions[] {
  const first: MenuItemConstructorOptions =
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] };
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (allowDevTools) view.push({ type: 'separator' }, { role: 'toggleDevTools' });
  return [first, { role: 'editMenu' }, { label: 'View', submenu: view }, { role: 'windowMenu' }];
}
