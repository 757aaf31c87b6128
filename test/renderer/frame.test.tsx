import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import { calmHealth, makeText, makeThread, threadId } from '#test/fakes/small-world.ts';

const bar = () => page.getByRole('contentinfo');
const press = (key: string, more: object = {}): void =>
  void fireEvent.keyDown(document.activeElement ?? window, { key, ...more });

describe('the status bar', () => {
  it('tells the truth about the line', async () => {
    const host = new MemoryHost();
    host.health = { ...calmHealth, queue: 3, segmentsToday: 212, lastInboundAt: Date.now() };
    await renderApp(host);
    expect(bar().textContent).toMatch(/Relay connected · last inbound \d/);
    expect(bar().textContent).toContain('Queue 3');
    expect(bar().textContent).toContain('Today 212 segments');
    expect(within(bar()).getByRole('list', { name: 'Connections' }).textContent).toContain(
      'Sandbox',
    );
  });

  it('says when the relay failed, and what waits for a person', async () => {
    const host = new MemoryHost();
    await renderApp(host);
    await told(() =>
      host.tell('health.changed', {
        health: {
          ...calmHealth,
          relay: { state: 'failed', sentence: 'The port is taken.' },
          undecided: 2,
          attention: 1,
        },
      }),
    );
    expect(bar().textContent).toContain('The port is taken · nothing has come in yet');
    fireEvent.click(within(bar()).getByRole('button', { name: '2 texts to decide' }));
    await settled();
    expect(page.getByText('Nothing has failed')).toBeDefined();
    expect(within(bar()).getByRole('button', { name: '1 needs attention' })).toBeDefined();
  });

  it('says that it is reconnecting', async () => {
    const host = new MemoryHost();
    await renderApp(host);
    await told(() => host.become('reconnecting'));
    expect(bar().textContent).toContain('Reconnecting…');
  });
});

describe('what needs attention', () => {
  it('is shown with what came in, and read again', async () => {
    const host = new MemoryHost();
    host.health = { ...calmHealth, attention: 1 };
    let items = [
      {
        id: 1,
        at: 1_760_000_000_000,
        provider: 'twilio',
        connectionLabel: 'Twilio main',
        problem: 'The field From is missing.',
        body: 'Body=<b>Hi</b>',
      },
    ];
    host.answer('attention.list', () => ({ items }));
    host.answer('attention.read-again', () => ({ understood: false }));
    await renderApp(host);
    fireEvent.click(within(bar()).getByRole('button', { name: '1 needs attention' }));
    await settled();
    const item = within(page.getByRole('article', { name: 'The field From is missing.' }));
    expect(item.getByText('Body=<b>Hi</b>')).toBeDefined();
    fireEvent.click(item.getByRole('button', { name: 'Read again' }));
    await settled();
    expect(item.getByText('Still not understood.')).toBeDefined();
    host.answer('attention.read-again', () => {
      items = [];
      return { understood: true };
    });
    fireEvent.click(item.getByRole('button', { name: 'Read again' }));
    await settled();
    expect(page.getByText('Nothing needs attention')).toBeDefined();
  });
});

describe('where the screen cannot be used', () => {
  it('says that the key is not valid', async () => {
    const host = new MemoryHost();
    const { screen } = await renderApp(host);
    await told(() => {
      host.become('connecting');
      screen.connection.setState({ refused: true });
    });
    expect(page.getByRole('heading', { name: 'This address has no valid key' })).toBeDefined();
    expect(page.getByText('Use the line Trunkline printed at its start.')).toBeDefined();
  });

  it('asks for a reload where the program is newer', async () => {
    const host = new MemoryHost();
    await renderApp(host);
    await told(() => host.become('incompatible'));
    expect(page.getByRole('button', { name: 'Reload' })).toBeDefined();
  });
});

describe('the theme', () => {
  it('is chosen in the settings, saved, worn and remembered', async () => {
    const host = new MemoryHost();
    await renderApp(host);
    fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    fireEvent.click(page.getByRole('menuitemradio', { name: 'Dark' }));
    await settled();
    expect(host.asked('settings.save')).toEqual([{ theme: 'dark' }]);
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(localStorage.getItem('trunkline.theme')).toBe('dark');
  });
});

describe('the keys', () => {
  async function four() {
    const host = new MemoryHost();
    for (const nth of [1, 2, 3, 4])
      host.add(makeThread(nth, { name: `Person ${nth}`, unread: nth === 3 ? 1 : 0 }), [
        makeText({ at: 1_760_000_000_000 - nth * 60_000, text: `Text of ${nth}` }),
      ]);
    const rendered = await renderApp(host);
    const open = () => page.queryByRole('heading', { level: 1 })?.textContent;
    return { ...rendered, open };
  }

  it('go through the conversations', async () => {
    const { open } = await four();
    for (const [key, more, person] of [
      ['ArrowDown', { altKey: true }, 'Person 1'],
      ['ArrowDown', { altKey: true }, 'Person 2'],
      ['ArrowUp', { altKey: true }, 'Person 1'],
      ['ArrowDown', { altKey: true, shiftKey: true }, 'Person 3'],
      ['4', { ctrlKey: true, code: 'Digit4' }, 'Person 4'],
    ] as const) {
      press(key, more);
      await settled();
      expect(open()).toBe(person);
    }
  });

  it('mark done, begin a message, and find the search', async () => {
    const { host } = await four();
    press('1', { ctrlKey: true, code: 'Digit1' });
    await settled();
    press('e', { altKey: true, code: 'KeyE' });
    await settled();
    expect(host.thread(threadId(1)).done).toBe(true);
    press('k', { ctrlKey: true });
    expect(document.activeElement).toBe(page.getByRole('searchbox', { name: 'Search' }));
    press('n', { altKey: true, code: 'KeyN' });
    await settled();
    expect(page.getByRole('textbox', { name: 'To' })).toBeDefined();
  });

  it('open the guide, which closes with Escape and nothing else with it', async () => {
    await four();
    press('1', { ctrlKey: true, code: 'Digit1' });
    await settled();
    press('?', { shiftKey: true });
    await settled();
    const guide = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(guide.textContent).toContain('Next unread conversation');
    fireEvent.keyDown(guide, { key: 'Escape' });
    await settled();
    expect(page.queryByRole('dialog')).toBeNull();
    expect(log().getByText('Text of 1')).toBeDefined();
  });

  it('do nothing with single characters while the person writes', async () => {
    await four();
    press('1', { ctrlKey: true, code: 'Digit1' });
    await settled();
    page.getByRole('textbox', { name: 'Message' }).focus();
    press('?', { shiftKey: true });
    await settled();
    expect(page.queryByRole('dialog')).toBeNull();
  });
});
