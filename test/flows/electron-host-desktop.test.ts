import { describe, expect, it } from 'vitest';

import { settle, startHost } from '#test/fakes/electron-host.ts';

describe('the tray and the menu', () => {
  it('show the window and quit', async () => {
    const { electron, core } = await startHost();
    const [tray] = electron.trays;
    const click = (label: string) => {
      const item = tray!.menu.find((each) => each.label === label);
      (item!.click as () => void)();
    };
    electron.window.minimized = true;
    click('Show Trunkline');
    expect(electron.window).toMatchObject({ minimized: false, isFocused: true });
    click('Quit');
    await settle();
    expect([core.stops, electron.app.exitCode]).toEqual([1, 0]);
  });

  it('do without a tray where the desktop has none', async () => {
    const host = await startHost({
      prepare(electron) {
        electron.nativeImage.createFromBitmap = () => ({ isEmpty: () => true }) as never;
      },
    });
    expect(host.electron.trays).toEqual([]);
    expect(host.electron.window.isVisible).toBe(true);
  });

  it.each([
    [false, false],
    [true, true],
  ])('offer developer tools only where they are allowed: %s', async (allowDevTools, offered) => {
    const { electron } = await startHost({ allowDevTools });
    const roles = JSON.stringify(electron.menu);
    expect(roles.includes('toggleDevTools')).toBe(offered);
    expect(electron.window.options.webPreferences?.devTools).toBe(offered);
    expect(roles).not.toMatch(/reload/i);
  });
});

describe('a notice', () => {
  it('is plain text of a bounded length', async () => {
    const { electron, core } = await startHost();
    core.host.notify({
      title: `<b>Ann\u202e</b>\u0007${'x'.repeat(200)}`,
      body: `<img src=x onerror=alert(1)>\nline\u2066 two ${'😀'.repeat(500)}`,
      threadId: 1,
    });
    const { title = '', body = '' } = electron.notices[0]!.options;
    expect([...title].length).toBe(80);
    expect([...body].length).toBe(240);
    expect(title + body).not.toMatch(/[<>\p{Cc}\u202e\u2066]/u);
    expect((title + body).isWellFormed()).toBe(true);
    expect(Object.keys(electron.notices[0]!.options).toSorted()).toEqual(['body', 'title']);
  });

  it('gives way to a newer one of its thread, and a click brings the window forward', async () => {
    const { electron, core } = await startHost();
    for (const threadId of [1, 1, 2]) core.host.notify({ title: 'Ann', body: 'Hello', threadId });
    expect(electron.notices.map((notice) => notice.state)).toEqual(['closed', 'shown', 'shown']);
    electron.window.minimized = true;
    electron.notices[1]!.emit('click');
    expect(electron.window).toMatchObject({ minimized: false, isFocused: true });
  });

  it('is not tried where the system has none', async () => {
    const { electron, core } = await startHost();
    electron.areNoticesSupported = false;
    core.host.notify({ title: 'Ann', body: 'Hello', threadId: 1 });
    expect(electron.notices).toEqual([]);
  });
});
