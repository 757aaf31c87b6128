import { act, fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { MemoryHost } from '#test/fakes/memory-host.ts';
import {
  messageBox,
  press,
  renderApp,
  renderDana,
  settled,
  write,
} from '#test/fakes/render-screen.tsx';
import { makeText, makeThread, threadId } from '#test/fakes/small-world.ts';

const dana = threadId(1);

describe('the draft', () => {
  it('is saved after a short rest and shown in the list', async () => {
    const { host, clock } = await renderDana();
    write('Half a sen');
    await act(() => clock.advance(300));
    expect(host.asked('draft.save')).toEqual([]);
    write('Half a sentence');
    await act(() => clock.advance(400));
    expect(host.asked('draft.save')).toEqual([{ threadId: dana, text: 'Half a sentence' }]);
    expect(page.getByRole('list', { name: 'Conversations' }).textContent).toContain(
      'Draft: Half a sentence',
    );
  });

  it('is saved at once on leaving the thread, and there again on coming back', async () => {
    const { host } = await renderDana();
    await act(async () => void host.receive(makeText({ threadId: host.add(makeThread(2)).id })));
    write('To be continued');
    fireEvent.keyDown(window, { key: 'n', altKey: true, code: 'KeyN' });
    await settled();
    expect(host.thread(dana).draft).toBe('To be continued');
    fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
    await settled();
    expect(messageBox().value).toBe('To be continued');
  });

  it('is saved when the page goes away', async () => {
    const { host } = await renderDana();
    write('Do not lose me');
    fireEvent(window, new Event('pagehide'));
    await settled();
    expect(host.thread(dana).draft).toBe('Do not lose me');
  });

  it('is gone at the host once it was sent', async () => {
    const { host, clock } = await renderDana();
    write('Sent soon');
    await act(() => clock.advance(400));
    expect(host.thread(dana).draft).toBe('Sent soon');
    press('Enter');
    await settled();
    expect(host.thread(dana).draft).toBe('');
    expect(messageBox().value).toBe('');
  });

  it('is restored from the host', async () => {
    const host = new MemoryHost();
    host.add(makeThread(1, { name: 'Dana Reyes', draft: 'From yesterday' }));
    await renderApp(host);
    fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
    await settled();
    expect(messageBox().value).toBe('From yesterday');
  });
});
