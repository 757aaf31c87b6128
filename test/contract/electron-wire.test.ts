import { describe, expect, it, onTestFinished } from 'vitest';

import { channels } from '#main/hosts/electron/channels.ts';
import { isTrusted } from '#main/hosts/electron/check-sender.ts';
import type { FramePart } from '#main/hosts/electron/electron-parts.ts';
import { pageUrl } from '#main/hosts/electron/pages.ts';
import { maxFrameUnits, type Wire } from '#shared/contract/wire.ts';
import { bridgeOf, openElectronPair } from '#test/fakes/electron-double-pair.ts';

import { describeWire } from './wire-suite.ts';

describeWire('Electron', () => openElectronPair());

async function open() {
  const pair = await openElectronPair();
  onTestFinished(() => pair.dispose());
  const heard: unknown[] = [];
  pair.host.onFrame((frame) => heard.push(frame));
  const hasClosed = (wire: Wire) => {
    let isClosed = false;
    wire.onClose(() => (isClosed = true))();
    return isClosed;
  };
  return { ...pair, heard, hasClosed, contents: pair.window.webContents };
}

/** Long enough for everything sent before to have arrived. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the Electron wire', () => {
  it('closes when the window closes', async () => {
    const { window, host, hasClosed } = await open();
    expect(hasClosed(host)).toBe(false);
    window.close();
    expect(hasClosed(host)).toBe(true);
    expect(() => host.send('late')).not.toThrow();
  });

  it('closes when the page dies, and a page loaded anew is given another', async () => {
    const { contents, window, host, hasClosed, attached } = await open();
    contents.crash();
    expect(hasClosed(host)).toBe(true);
    await window.loadURL(pageUrl);
    await settle();
    expect(attached).toHaveLength(2);
    expect(hasClosed(attached[1]!)).toBe(false);
    const told: string[] = [];
    bridgeOf(contents.page).onFrame((frame) => told.push(frame));
    attached[1]!.send('{}');
    await settle();
    expect(told).toEqual(['{}']);
  });

  it('belongs to one page: a reload closes it, and its last frames do not reach the next page', async () => {
    const { window, host, hasClosed, contents } = await open();
    await window.loadURL(pageUrl);
    const told: string[] = [];
    bridgeOf(contents.page).onFrame((frame) => told.push(frame));
    host.send('for the page before');
    await settle();
    expect(hasClosed(host)).toBe(true);
    expect(told).toEqual([]);
  });

  it('goes to the main frame of its own window alone', async () => {
    const one = await open();
    const other = await open();
    const told: string[] = [];
    other.screen.onFrame((frame) => told.push(frame));
    one.host.send('for the first');
    await settle();
    expect(told).toEqual([]);
  });

  it('hears nothing that is no text, and nothing far too long', async () => {
    const { contents, heard } = await open();
    const bridge = bridgeOf(contents.page);
    for (const odd of [null, undefined, 7, {}, ['{}'], new Uint8Array(3)])
      bridge.send(odd as unknown as string);
    contents.page.ipcRenderer.send(channels.frame, { toString: 'x' });
    contents.page.ipcRenderer.send(channels.frame);
    bridge.send('x'.repeat(2 * maxFrameUnits + 1));
    await settle();
    expect(heard).toEqual([]);
    bridge.send('{}');
    await settle();
    expect(heard).toEqual(['{}']);
  });

  it('tells the page in frames only, never with an event of Electron', async () => {
    const { contents, host } = await open();
    const told: unknown[][] = [];
    bridgeOf(contents.page).onFrame((...args) => told.push(args));
    const ends: unknown[][] = [];
    bridgeOf(contents.page).onClose((...args) => ends.push(args));
    host.send('{}');
    await settle();
    host.close();
    await settle();
    expect(told).toEqual([['{}']]);
    expect(ends).toEqual([[]]);
  });

  it('gives the page three functions and nothing more', async () => {
    const { contents } = await open();
    expect(Object.keys(contents.page.window)).toEqual(['trunkline']);
    const bridge = bridgeOf(contents.page);
    expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
      ['send', 'function'],
      ['onFrame', 'function'],
      ['onClose', 'function'],
    ]);
    expect(Object.isFrozen(bridge)).toBe(true);
  });
});

describe('a message that is not from the page of a window of ours', () => {
  it('is not heard from an iframe, whatever its address', async () => {
    const { contents, heard } = await open();
    for (const url of [pageUrl, 'https://evil.example/', 'about:blank'])
      contents.page.iframe(url).send(channels.frame, 'from the iframe');
    await settle();
    expect(heard).toEqual([]);
  });

  it('is not heard from a frame that is gone meanwhile', async () => {
    const { contents, heard } = await open();
    contents.page.ipcRenderer.send(channels.frame, 'too late');
    contents.show(pageUrl);
    await settle();
    expect(heard).toEqual([]);
  });

  it.each([
    'https://trunkline/index.html',
    'app://other/index.html',
    'file:///index.html',
    'about:blank',
    'data:text/html,x',
    'evil://trunkline/index.html',
    'app://trunkline.evil.example/index.html',
    'app://trunkline@evil.example/index.html',
  ])('is not heard from %s', async (url) => {
    const { contents, heard, host, hasClosed } = await open();
    contents.show(url);
    contents.page.ipcRenderer.send(channels.open);
    contents.page.ipcRenderer.send(channels.frame, 'from elsewhere');
    await settle();
    expect(heard).toEqual([]);
    expect(hasClosed(host)).toBe(false);
  });

  it('is not heard from a window this host did not open', async () => {
    const { electron, heard, attached } = await open();
    new electron.BrowserWindow({});
    const stranger = electron.windows[1]!;
    await stranger.loadURL(pageUrl);
    const told: string[] = [];
    bridgeOf(stranger.webContents.page).onFrame((frame) => told.push(frame));
    bridgeOf(stranger.webContents.page).send('from a stranger');
    await settle();
    expect(heard).toEqual([]);
    expect(told).toEqual([]);
    expect(attached).toHaveLength(1);
  });

  const frame = {
    detached: false,
    frameTreeNodeId: 7,
    parent: null,
    url: pageUrl,
    send() {},
  };

  it.each<[string, Partial<FramePart> | null]>([
    ['is no more', null],
    ['is on its way out', { detached: true }],
    ['has a parent', { parent: {} }],
    ['is another frame of the window', { frameTreeNodeId: 8 }],
    ['is elsewhere', { url: 'https://trunkline/index.html' }],
    ['has no address', { url: '' }],
  ])('is not trusted where its frame %s', async (_name, difference) => {
    const { contents } = await open();
    const mainFrame = frame as unknown as typeof contents.mainFrame;
    Object.defineProperty(contents, 'mainFrame', { value: mainFrame });
    const senderFrame = difference === null ? null : { ...frame, ...difference };
    expect(isTrusted({ sender: contents, senderFrame: frame }, () => true)).toBe(true);
    expect(isTrusted({ sender: contents, senderFrame: frame }, () => false)).toBe(false);
    expect(isTrusted({ sender: contents, senderFrame }, () => true)).toBe(false);
  });
});
