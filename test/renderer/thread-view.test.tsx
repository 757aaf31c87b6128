import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import type { Entry } from '#shared/message/entry.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import { log, renderApp, settled, told } from '#test/fakes/render-screen.tsx';
import {
  makeCall,
  makeMedia,
  makeText,
  makeThread,
  makeVoicemail,
  threadId,
} from '#test/fakes/small-world.ts';

async function openWith(entries: readonly Entry[], more: Parameters<typeof makeThread>[1] = {}) {
  const host = new MemoryHost();
  host.add(makeThread(1, { name: 'Dana Reyes', peer: '+15035550164', ...more }), entries);
  const rendered = await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'Dana Reyes' }));
  await settled();
  return rendered;
}

const out = (more: Partial<Parameters<typeof makeText>[0]> = {}) =>
  makeText({ direction: 'out', text: 'Out', ...more });
const article = (text: string | RegExp): HTMLElement => {
  const found = log().getByText(text).closest('article');
  if (found === null) throw new Error('no article');
  return found;
};

describe('the header', () => {
  it('names contact, number and line', async () => {
    await openWith([makeText()]);
    const header = page.getByRole('heading', { name: 'Dana Reyes', level: 1 }).closest('header');
    expect(header?.textContent).toContain('(503) 555-0164');
    expect(header?.textContent).toContain('on Support');
  });

  it('marks done and opens again', async () => {
    const { host } = await openWith([makeText()]);
    fireEvent.click(page.getByRole('button', { name: 'Done' }));
    await settled();
    expect(host.thread(threadId(1)).done).toBe(true);
    expect(page.queryByRole('listitem', { name: 'Dana Reyes' })).toBeNull();
    fireEvent.click(page.getByRole('button', { name: 'Reopen' }));
    await settled();
    expect(page.getByRole('listitem', { name: 'Dana Reyes' })).toBeDefined();
  });
});

describe('a text', () => {
  it('says its standing as a text of its own, and moves on with it', async () => {
    const sent = out({ state: 'sending' });
    const { host } = await openWith([sent]);
    expect(log().getByText('Sending', { exact: true })).toBeDefined();
    await told(() => host.change({ ...sent, threadId: threadId(1), state: 'delivered' }));
    expect(log().getByText('Delivered', { exact: true })).toBeDefined();
    expect(log().queryByText('Sending')).toBeNull();
  });

  it('is an article named by who, when and what', async () => {
    await openWith([makeText({ text: 'Here it is' }), out({ at: 1_760_000_060_000 })]);
    expect(article('Here it is').getAttribute('aria-label')).toMatch(
      /^Dana Reyes, .+: Here it is$/,
    );
    expect(article('Out').getAttribute('aria-label')).toMatch(/^You, .+: Out$/);
  });

  it('that failed says why and what to do, and is tried again where that may help', async () => {
    const { host } = await openWith([
      out({ state: 'failed', failure: { kind: 'unreachable', raw: '30003' } }),
    ]);
    expect(log().getByText('Not delivered: handset unreachable')).toBeDefined();
    expect(log().getByText(/The handset is off or out of reach\. Try again later/)).toBeDefined();
    expect(log().queryByText(/30003/)).toBeNull();
    fireEvent.click(log().getByRole('button', { name: 'Try again' }));
    await settled();
    expect(host.asked('message.try-again')).toHaveLength(1);
    expect(log().getByText('Waiting')).toBeDefined();
    expect(log().queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('that can never arrive offers no second try', async () => {
    await openWith([out({ state: 'failed', failure: { kind: 'landline', raw: null } })]);
    expect(log().getByText('Not delivered: landline')).toBeDefined();
    expect(log().queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('of unknown outcome asks the person', async () => {
    const { host } = await openWith([out({ state: 'unknown', undecided: true })]);
    expect(log().getByText('Not confirmed', { exact: true })).toBeDefined();
    host.answer('message.try-again', () => {
      throw new CommandFailure('refused', 'It was found after all.');
    });
    fireEvent.click(log().getByRole('button', { name: 'Try again' }));
    await settled();
    expect(log().getByRole('alert').textContent).toContain('It was found after all.');
  });

  it('shows its details, raw code included, on demand', async () => {
    const { host } = await openWith([
      out({ state: 'failed', failure: { kind: 'landline', raw: null } }),
    ]);
    host.answer('message.details', () => ({
      uid: '01890000-0000-7000-8000-000000000001',
      providerMessageId: 'SM42',
      billing: null,
      events: [
        { at: 1_760_000_000_000, attempt: 2, words: 'Carrier says no', raw: '30006 Landline' },
      ],
    }));
    fireEvent.keyDown(window, { key: 'd', code: 'KeyD', ctrlKey: true });
    await settled();
    const details = within(page.getByRole('dialog', { name: 'Message details' }));
    expect(details.getByText('30006 Landline')).toBeDefined();
    expect(details.getByText('SM42')).toBeDefined();
    expect(details.getByText(/Carrier says no, attempt 2/)).toBeDefined();
  });

  it('longer than 1,600 characters is shown in part until the whole is asked for', async () => {
    await openWith([makeText({ text: `${'word '.repeat(400)}the end` })]);
    expect(log().queryByText(/the end/)).toBeNull();
    fireEvent.click(log().getByRole('button', { name: 'Show all 2,007 characters' }));
    expect(log().getByText(/the end/)).toBeDefined();
  });
});

describe('pictures', () => {
  it('have their room before they are there, and say when they could not be fetched', async () => {
    await openWith([
      makeText({
        text: '',
        media: [
          makeMedia({ id: 'a', state: 'fetching' }),
          makeMedia({ id: 'b', state: 'failed', problem: 'The carrier answered 404.' }),
          makeMedia({ id: 'c' }),
        ],
      }),
    ]);
    expect(document.querySelectorAll('.picture')).toHaveLength(3);
    expect(log().getByText('Fetching the attachment…')).toBeDefined();
    expect(log().getByText('Not fetched. The carrier answered 404.')).toBeDefined();
    expect(log().getByRole('img').getAttribute('src')).toBe('/media/c');
  });

  it('open over the whole screen, one after the other', async () => {
    await openWith([
      makeText({ text: '', media: [makeMedia({ id: 'a' }), makeMedia({ id: 'b' })] }),
    ]);
    const [first] = log().getAllByRole('button', { name: /^Picture from Dana Reyes/ });
    if (first) fireEvent.click(first);
    await settled();
    const box = page.getByRole('dialog', { name: 'Picture from Dana Reyes' });
    expect(within(box).getByRole('img').getAttribute('src')).toBe('/media/a');
    fireEvent.keyDown(box, { key: 'ArrowRight' });
    expect(within(box).getByRole('img').getAttribute('src')).toBe('/media/b');
    fireEvent.keyDown(box, { key: 'Escape' });
    await settled();
    expect(page.queryByRole('dialog')).toBeNull();
  });
});

describe('calls and voicemails', () => {
  it('stand between the texts', async () => {
    await openWith([
      makeText(),
      makeCall({ outcome: 'missed', seconds: 0 }),
      makeVoicemail({ media: [makeMedia({ id: 'v', type: 'audio/mpeg' })] }),
    ]);
    expect(log().getByText(/^Missed call from Dana Reyes/)).toBeDefined();
    expect(log().getByText(/^Voicemail from Dana Reyes · 0:12/)).toBeDefined();
    expect(document.querySelector('audio')?.getAttribute('src')).toBe('/media/v');
  });
});

describe('what is unread', () => {
  const three = [1, 2, 3].map((nth) =>
    makeText({ at: 1_760_000_000_000 + nth, text: `In ${nth}` }),
  );

  it('is divided off and marked read once it was before the eye', async () => {
    const { host } = await openWith(three, { unread: 2 });
    const row = log().getByText('New', { exact: true }).closest('.log-row');
    expect(row?.textContent).toContain('In 2');
    expect(host.thread(threadId(1)).unread).toBe(0);
    expect(log().getByText('New', { exact: true })).toBeDefined();
  });

  it('stays unread while the person looks elsewhere', async () => {
    const { host, screen } = await openWith(three);
    await told(() => screen.place.setState({ attentive: false }));
    await told(() => host.receive(makeText({ threadId: threadId(1), at: 1_760_000_009_000 })));
    expect(host.thread(threadId(1)).unread).toBe(1);
    expect(log().getByText('New', { exact: true })).toBeDefined();
    await told(() => screen.place.setState({ attentive: true }));
    await settled();
    expect(host.thread(threadId(1)).unread).toBe(0);
  });
});

describe('an event', () => {
  it('draws no other bubble anew', async () => {
    const { host } = await openWith([makeText({ text: 'First' })]);
    const first = article('First');
    const drawn: string[] = [];
    const watch = new MutationObserver((changes) => drawn.push(...changes.map(({ type }) => type)));
    watch.observe(first, { subtree: true, childList: true, attributes: true, characterData: true });
    await told(() =>
      host.receive(makeText({ threadId: threadId(1), at: 1_760_000_009_000, text: 'Second' })),
    );
    expect(log().getByText('Second')).toBeDefined();
    expect(article('First')).toBe(first);
    expect(drawn).toEqual([]);
    watch.disconnect();
  });
});
