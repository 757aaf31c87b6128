import type { ContentsPart, Preventable } from './electron-parts.ts';

/**
 * Keeps a page where this host put it: it cannot go elsewhere, embed another or open a window. A link it wants opened outside
 * is handed to `openLink`.
 */
export function guardContents(contents: ContentsPart, openLink: (address: string) => void): void {
  contents.on('will-navigate', prevent);
  contents.on('will-frame-navigate', prevent);
  contents.on('will-redirect', prevent);
  contents.on('will-attach-webview', prevent);
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}

function prevent(event: Preventable): void {
  event.preventDefault();
}
