import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';

import { pageUrl } from '#main/hosts/electron/pages.ts';
import { startHost } from '#test/fakes/electron-host.ts';

type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];

/** Every permission Electron knows, and whether a page of ours has it; a new one does not compile until it is judged. */
const permissions: Readonly<Record<Permission, boolean>> = {
  ar: false,
  'automatic-fullscreen': false,
  'background-fetch': false,
  'background-sync': false,
  'captured-surface-control': false,
  'clipboard-read': false,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': false,
  'display-capture': false,
  fileSystem: false,
  fullscreen: false,
  geolocation: false,
  'geolocation-approximate': false,
  'hand-tracking': false,
  hid: false,
  'idle-detection': false,
  keyboardLock: false,
  'local-fonts': false,
  'local-network': false,
  'local-network-access': false,
  'loopback-network': false,
  media: false,
  mediaKeySystem: false,
  midi: false,
  midiSysex: false,
  nfc: false,
  notifications: true,
  openExternal: false,
  'payment-handler': false,
  'periodic-background-sync': false,
  'persistent-storage': false,
  pointerLock: false,
  'screen-wake-lock': false,
  sensors: false,
  serial: false,
  'smart-card': false,
  'speaker-selection': false,
  'storage-access': false,
  'system-wake-lock': false,
  'top-level-storage-access': false,
  unknown: false,
  usb: false,
  vr: false,
  'web-app-installation': false,
  'web-printing': false,
  'window-management': false,
};

describe('permissions', () => {
  it.each(Object.entries(permissions))('%s: %s', async (permission, granted) => {
    const { electron } = await startHost();
    const { defaultSession, window } = electron;
    expect(await defaultSession.request(window.webContents, permission)).toBe(granted);
    expect(defaultSession.check(window.webContents, permission)).toBe(granted);
  });

  it.each(Object.keys(permissions))('%s is for no page but ours', async (permission) => {
    const { electron } = await startHost();
    const { defaultSession, window } = electron;
    window.webContents.show('https://evil.example/');
    expect(await defaultSession.request(window.webContents, permission)).toBe(false);
    expect(defaultSession.check(window.webContents, permission)).toBe(false);
    expect(defaultSession.check(null, permission)).toBe(false);
    window.webContents.destroy();
    expect(defaultSession.check(window.webContents, permission)).toBe(false);
  });

  it('give no device, no display and no Bluetooth', async () => {
    const { electron } = await startHost();
    expect(electron.defaultSession.allowsDevice()).toBe(false);
    expect(await electron.defaultSession.requestDisplay()).toBeNull();
    expect(electron.window.webContents.page.requestBluetooth()).toBe('');
  });

  it('are as tight in a session that comes into being later', async () => {
    const { electron } = await startHost();
    const { SessionDouble } = await import('#test/fakes/electron-double-session.ts');
    const later = new SessionDouble();
    electron.app.emit('session-created', later);
    expect(await later.request(electron.window.webContents, 'media')).toBe(false);
    expect(later.lets('https://evil.example/')).toBe(false);
    expect(later.download()).toBe(false);
  });
});

/** How a page may try to be elsewhere. */
const destinations = [
  'https://evil.example/',
  'http://127.0.0.1:4418/',
  'file:///etc/passwd',
  'file://host/share',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:app://trunkline/0e5c',
  'about:blank',
  'app://trunkline/index.html',
  'app://other/index.html',
  'media://0e5c',
  'devtools://devtools/bundled/inspector.html',
  'view-source:app://trunkline/',
  'chrome://gpu',
  'ms-msdt:/id',
  'smb://host/share',
];

describe('navigation', () => {
  it.each(destinations)('to %s is prevented, in the main frame and in any other', async (url) => {
    const { electron } = await startHost();
    const { webContents } = electron.window;
    const { page } = webContents;
    expect(page.navigate(url)).toBe(false);
    expect(page.navigate(url, false)).toBe(false);
    expect(page.redirect(url)).toBe(false);
    expect(page.openWindow(url)).toBe(false);
    expect(webContents.page).toBe(page);
    expect(page.url).toBe(pageUrl);
    expect(electron.windows).toHaveLength(1);
  });

  it('by an embedded view, a drop or a download is prevented', async () => {
    const { electron } = await startHost();
    expect(electron.window.webContents.page.attachWebview()).toBe(false);
    expect(electron.defaultSession.download()).toBe(false);
    expect(electron.window.options.webPreferences?.navigateOnDragDrop).toBe(false);
  });

  it('is guarded in contents this host did not make, too', async () => {
    const { electron } = await startHost();
    new electron.BrowserWindow({});
    const other = electron.windows[1]!.webContents;
    other.show('https://evil.example/');
    expect(other.page.navigate('file:///etc/passwd')).toBe(false);
    expect(other.page.openWindow('https://evil.example/')).toBe(false);
  });
});

describe('requests', () => {
  const own: [url: string, isLet: boolean][] = [
    ['app://trunkline/index.html', true],
    ['app://trunkline/assets/x.js', true],
    ['media://0e5c', true],
    ['blob:app://trunkline/7c1e', true],
    ['blob:https://evil.example/7c1e', false],
    ['blob:null/7c1e', false],
    ['app://other/index.html', false],
    ['app://user@trunkline/index.html', false],
    ['https://evil.example/', false],
    ['http://127.0.0.1:4418/healthz', false],
    ['http://localhost:5173/', false],
    ['ws://127.0.0.1:4418/', false],
    ['wss://evil.example/', false],
    ['ftp://evil.example/', false],
    ['file:///etc/passwd', false],
    ['data:text/html,x', false],
    ['chrome-extension://x/y', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['https://redirector.gvt1.com/edgedl/chrome/dict/en-us-10-1.bdic', false],
    ['', false],
    ['nonsense', false],
  ];

  it.each(own)('%s: %s', async (url, isLet) => {
    const { electron } = await startHost();
    expect(electron.defaultSession.lets(url)).toBe(isLet);
  });

  it('reach developer tools only where they are allowed', async () => {
    const { electron } = await startHost({ allowDevTools: true });
    expect(electron.defaultSession.lets('devtools://devtools/bundled/inspector.html')).toBe(true);
    expect(electron.defaultSession.lets('https://evil.example/')).toBe(false);
  });
});
