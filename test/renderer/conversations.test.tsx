import { act, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import {
  billingLine,
  makeCall,
  makeText,
  makeThread,
  makeVoicemail,
  threadId,
} from '#test/fakes/small-world.ts';

function inbox(): MemoryHost {
  const host = new MemoryHost();
  const at = (nth: number) => ({ at: 1_760_000_000_000 - nth * 60_000 });
  host.add(makeThread(1, { name: 'Dana Reyes' }), [
    makeText({ ...at(1), text: 'Here is the photo' }),
  ]);
  host.add(makeThread(2, { name: 'Marcus Oyelaran', unread: 2 }), [
    makeText({ ...at(3), text: 'Hello' }),
    makeText({ ...at(2), text: 'Can you call me?' }),
  ]);
  host.add(makeThread(3, { peer: '+14155550188', lineId: billingLine.id }), [
    makeVoicemail({ ...at(3), seconds: 32 }),
  ]);
  host.add(makeThread(4, { name: 'Priya Nair' }), [
    makeText({
      ...at(4),
      direction: 'out',
      state: 'failed',
      failure: { kind: 'landline', raw: '30006' },
    }),
  ]);
  host.add(makeThread(5, { name: 'Jonas Berg', draft: 'Thanks, I will' }), [makeCall(at(5))]);
  host.add(makeThread(6, { name: 'Done Person', done: true }), [makeText(at(6))]);
  return host;
}

const list = () => page.getByRole('list', { name: 'Conversations' });
const names = (): (string | null)[] =>
  within(list())
    .getAllByRole('listitem')
    .map((item) => item.getAttribute('aria-label'));
const row = (name: string): HTMLElement => within(list()).getByRole('button', { name });
/** What a screen reader says of a row besides its name. */
const about = (name: string): string =>
  document.querySelector(`#${row(name).getAttribute('aria-describedby')}`)?.textContent ?? '';

describe('the list', () => {
  it('names its items by contact and nothing else', async () => {
    await renderApp(inbox());
    expect(names()).toEqual([
      'Dana Reyes',
      'Marcus Oyelaran',
      '(415) 555-0188',
      'Priya Nair',
      'Jonas Berg',
    ]);
  });

  it('says the rest beside the name', async () => {
    await renderApp(inbox());
    expect(about('Dana Reyes')).toContain('Here is the photo');
    expect(about('Marcus Oyelaran')).toContain('2 unread');
    expect(about('(415) 555-0188')).toContain('Voicemail 0:32');
    expect(about('(415) 555-0188')).toContain('on Billing');
    expect(about('Priya Nair')).toContain('You: not delivered: landline');
    expect(about('Jonas Berg')).toContain('Draft: Thanks, I will');
  });

  it('opens a conversation by a click on its item', async () => {
    await renderApp(inbox());
    fireEvent.click(row('Dana Reyes'));
    await settled();
    expect(log().getByText('Here is the photo')).toBeDefined();
    expect(row('Dana Reyes').getAttribute('aria-current')).toBe('true');
  });

  it('says how much of it is shown', async () => {
    const host = new MemoryHost();
    for (let nth = 1; nth <= 250; nth += 1) host.add(makeThread(nth), [makeText()]);
    await renderApp(host);
    expect(page.getByText('showing 100 of 250')).toBeDefined();
  });

  it('draws no other row anew for an event', async () => {
    const host = inbox();
    await renderApp(host);
    const other = row('Dana Reyes');
    const drawn: string[] = [];
    const watch = new MutationObserver((changes) => drawn.push(...changes.map(({ type }) => type)));
    watch.observe(other, { subtree: true, childList: true, attributes: true, characterData: true });
    await told(() => host.update(threadId(4), { unread: 3 }));
    expect(about('Priya Nair')).toContain('3 unread');
    expect(drawn).toEqual([]);
    watch.disconnect();
  });

  it('moves a conversation up when something comes in', async () => {
    const host = inbox();
    await renderApp(host);
    await told(() => host.receive(makeText({ threadId: threadId(4), at: 1_760_000_100_000 })));
    expect(names()[0]).toBe('Priya Nair');
  });

  it('is walked with the arrow keys', async () => {
    await renderApp(inbox());
    row('Dana Reyes').focus();
    fireEvent.keyDown(row('Dana Reyes'), { key: 'ArrowDown' });
    await act(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(document.activeElement).toBe(row('Marcus Oyelaran'));
    expect(row('Marcus Oyelaran').tabIndex).toBe(0);
    expect(row('Dana Reyes').tabIndex).toBe(-1);
    fireEvent.keyDown(row('Marcus Oyelaran'), { key: 'End' });
    await act(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    expect(document.activeElement).toBe(row('Jonas Berg'));
  });
});

describe('views and lines', () => {
  it('choose what the list shows', async () => {
    await renderApp(inbox());
    fireEvent.click(page.getByRole('radio', { name: 'Unread' }));
    await settled();
    expect(names()).toEqual(['Marcus Oyelaran']);
    fireEvent.click(page.getByRole('radio', { name: 'Done' }));
    await settled();
    expect(names()).toEqual(['Done Person']);
    fireEvent.click(page.getByRole('button', { name: /^Failed/ }));
    await settled();
    expect(names()).toEqual(['Priya Nair']);
    fireEvent.click(page.getByRole('button', { name: /^Inbox/ }));
    await settled();
    fireEvent.click(page.getByRole('button', { name: /^Billing/ }));
    await settled();
    expect(names()).toEqual(['(415) 555-0188']);
  });

  it('show their counts in words too', async () => {
    await renderApp(inbox());
    expect(page.getByRole('button', { name: 'Inbox 1 unread' })).toBeDefined();
    expect(page.getByRole('button', { name: 'Failed 1 not delivered or undecided' })).toBeDefined();
  });
});

describe('an empty list', () => {
  it('says what to do next', async () => {
    await renderApp(new MemoryHost());
    expect(page.getByText('No open conversations')).toBeDefined();
    fireEvent.click(page.getByRole('radio', { name: 'Unread' }));
    await settled();
    expect(page.getByText('Nothing unread')).toBeDefined();
  });

  it('that could not be loaded says why, and is loaded again', async () => {
    const host = inbox();
    const answer = host.answerOf('threads.page');
    host.answer('threads.page', () => Promise.reject(new Error('secret path /home/x')));
    await renderApp(host);
    expect(page.getByText('The conversations could not be loaded')).toBeDefined();
    expect(document.body.textContent).not.toContain('secret path');
    host.answer('threads.page', answer);
    fireEvent.click(page.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(names()).toHaveLength(5);
  });
});
