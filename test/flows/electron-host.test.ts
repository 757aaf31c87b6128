import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { StartFailure } from '#main/core/core.ts';
import type { Desktop } from '#test/fakes/electron-double.ts';
import { settle, startHost } from '#test/fakes/electron-host.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

describe('the start', () => {
  it('sandboxes every page and registers one scheme, before Electron is ready', async () => {
    const { electron } = await startHost();
    expect(electron.app.isSandboxed).toBe(true);
    expect(electron.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('opens one window whose page has a wire to the core', async () => {
    const { electron, core, launcherWords, printed } = await startHost();
    const { page } = electron.window.webContents;
    expect(page.url).toBe('app://trunkline/index.html');
    expect(electron.window.isVisible).toBe(true);
    expect(core.wires).toHaveLength(1);
    expect(printed).toEqual(['Relay is ready at http://127.0.0.1:4418']);
    expect(launcherWords).toEqual(['ready', 'shown']);
  });

  it('gives a page no more than the checklist allows', async () => {
    const { electron } = await startHost();
    const { webPreferences } = electron.window.options;
    expect(webPreferences).toEqual({
      preload: '/built/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: false,
      spellcheck: true,
    });
    expect(electron.defaultSession.spellCheckerLanguages).toEqual([]);
    expect(electron.defaultSession.ntlmDomains).toBe('');
  });

  it('tells the person in a sentence why it cannot start, and leaves with 1', async () => {
    const sentence = 'The disk of the data folder is full: free some space.';
    const { electron, warned, launcherWords } = await startHost({
      coreFailure: new StartFailure(sentence),
    });
    expect(electron.errorBoxes).toEqual([sentence]);
    expect(warned).toEqual([sentence]);
    expect(electron.app.exitCode).toBe(1);
    expect(electron.windows).toEqual([]);
    expect(launcherWords).toEqual(['ready', 'shown']);
  });

  it('shows no more of an unforeseen failure than a sentence', async () => {
    const { electron } = await startHost({
      coreFailure: new TypeError('x of undefined, key=s3cret'),
    });
    expect(electron.errorBoxes).toHaveLength(1);
    expect(electron.errorBoxes[0]).not.toMatch(/s3cret|undefined|TypeError/);
    expect(electron.app.exitCode).toBe(1);
  });

  it('says so where the folder cannot be made', async () => {
    const file = path.join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const { electron } = await startHost({ dataFolder: path.join(file, 'data') });
    expect(electron.errorBoxes[0]).toMatch(/cannot be made.*--data/);
    expect(electron.app.exitCode).toBe(1);
  });
});

describe('a second program', () => {
  it('on the same folder ends with a sentence and brings the first one forward', async () => {
    const desktop: Desktop = new Map();
    const first = await startHost({ desktop });
    Object.assign(first.electron.window, { minimized: true, isFocused: false });
    const second = await startHost({ desktop, dataFolder: first.dataFolder });
    expect(second.warned).toEqual([
      'Trunkline is already running with this data folder; its window was brought to the front.',
    ]);
    expect(second.electron.app.exitCode).toBe(0);
    expect(second.electron.windows).toEqual([]);
    expect(() => second.core).toThrow();
    expect(first.electron.window).toMatchObject({ minimized: false, isFocused: true });
  });

  it('on another folder runs beside it', async () => {
    const desktop: Desktop = new Map();
    const first = await startHost({ desktop });
    const second = await startHost({ desktop });
    expect([first.electron.windows.length, second.electron.windows.length]).toEqual([1, 1]);
  });
});

describe('the end', () => {
  it('closes the wire with the window, stops the core, then leaves', async () => {
    const { electron, core } = await startHost();
    const gate = Promise.withResolvers<void>();
    core.stopping = gate.promise;
    let closes = 0;
    core.wires[0]!.onClose(() => (closes += 1));
    electron.window.close();
    await settle();
    expect([closes, core.stops, electron.app.exitCode]).toEqual([1, 1, null]);
    gate.resolve();
    await settle();
    expect(electron.app.exitCode).toBe(0);
  });

  it('waits for the core however often it is asked to quit, with nothing left to see', async () => {
    const { electron, core } = await startHost();
    const gate = Promise.withResolvers<void>();
    core.stopping = gate.promise;
    for (let i = 0; i < 3; i += 1) electron.app.quit();
    await settle();
    expect(electron.window.isVisible).toBe(false);
    expect(electron.trays[0]?.isDestroyed).toBe(true);
    expect([core.stops, electron.app.exitCode]).toEqual([1, null]);
    gate.resolve();
    await settle();
    expect([electron.windows.length, electron.app.exitCode]).toEqual([0, 0]);
  });

  it('comes even where the core cannot stop', async () => {
    const { electron, core } = await startHost();
    core.stopping = Promise.reject(new Error('disk'));
    electron.app.quit();
    await settle();
    expect(electron.app.exitCode).toBe(0);
  });

  it('does not come with the last window on macOS, where the dock opens another', async () => {
    const { electron, core } = await startHost({ platform: 'darwin' });
    electron.window.close();
    await settle();
    expect(core.stops).toBe(0);
    electron.app.emit('activate');
    await settle();
    expect(electron.window.webContents.page.url).toBe('app://trunkline/index.html');
    expect(core.wires).toHaveLength(2);
  });
});

describe('a page that dies', () => {
  it('is loaded again with a wire of its own', async () => {
    const { electron, core } = await startHost();
    electron.window.webContents.crash();
    await settle();
    expect(core.wires).toHaveLength(2);
    expect(electron.app.exitCode).toBeNull();
  });

  it('again and again ends the program with a sentence', async () => {
    const { electron, core } = await startHost();
    for (let i = 0; i < 4; i += 1) {
      electron.window.webContents.crash();
      await settle();
    }
    expect(core.stops).toBe(1);
    expect(electron.errorBoxes[0]).toMatch(/stopped working/);
    expect(electron.app.exitCode).toBe(1);
  });

  it('before it was ever shown leaves the word to the launcher', async () => {
    const host = await startHost({
      prepare(electron) {
        electron.app.on('web-contents-created', (_event, contents) => {
          setImmediate(() => contents.crash('launch-failed'));
        });
      },
    });
    expect(host.core.stops).toBe(1);
    expect(host.launcherWords).toEqual(['ready']);
    expect(host.electron.errorBoxes).toEqual([]);
    expect(host.electron.app.exitCode).toBe(1);
  });
});

describe('the window', () => {
  const place = { x: 40, y: 50, width: 900, height: 700 };

  it('stands where it stood last', async () => {
    const first = await startHost();
    first.electron.window.bounds = place;
    first.electron.window.maximized = true;
    first.electron.window.close();
    const file = path.join(first.dataFolder, 'window', 'place.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await startHost({ dataFolder: first.dataFolder });
    expect(again.electron.window.options).toMatchObject(place);
    expect(again.electron.window.maximized).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a place off every display', JSON.stringify({ ...place, x: 5_000, maximized: false })],
    ['a sliver on the display', JSON.stringify({ ...place, y: 1_060, maximized: false })],
    ['no size', JSON.stringify({ x: 1, y: 1, maximized: false })],
    ['a size of nothing', JSON.stringify({ ...place, width: 0, maximized: false })],
    ['a size of text', JSON.stringify({ ...place, width: '900', maximized: false })],
    ['half a pixel', JSON.stringify({ ...place, x: 0.5, maximized: false })],
    ['a giant', JSON.stringify({ ...place, width: 1e9, maximized: false })],
  ])('comes up as usual where the file holds %s', async (_name, content) => {
    const { dataFolder } = await startHost();
    writeFileSync(path.join(dataFolder, 'window', 'place.json'), content);
    const { electron } = await startHost({ dataFolder });
    expect(electron.window.options).toMatchObject({ width: 1_240, height: 820 });
    expect(electron.window.options).not.toHaveProperty('x');
  });

  it('closes all the same where its place cannot be kept', async () => {
    const { electron, dataFolder } = await startHost();
    const file = path.join(dataFolder, 'window', 'place.json.new');
    mkdirSync(file);
    electron.window.close();
    await settle();
    expect(electron.app.exitCode).toBe(0);
    expect(existsSync(path.join(dataFolder, 'window', 'place.json'))).toBe(false);
  });
});
