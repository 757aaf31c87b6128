import { act, cleanup, fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import type { Entry } from '#shared/message/entry.ts';
import {
  log,
  messageBox,
  renderApp,
  sendButton,
  settled,
  told,
  write,
} from '#test/fakes/render-screen.tsx';
import { makeText, makeThread, threadId } from '#test/fakes/small-world.ts';
import { makeNote, TeamHost } from '#test/fakes/team-host.ts';

const dana = threadId(1);

async function openDana(
  entries: readonly Entry[] = [makeText({ text: 'Hello' })],
  host = new TeamHost(),
) {
  host.add(makeThread(1, { name: 'Dana Reyes' }), entries);
  host.add(makeThread(2, { name: 'Marcus' }), [makeText({ at: 1_750_000_000_000 })]);
  const rendered = await renderApp(host);
  await open('Dana Reyes');
  return rendered;
}

async function open(name: string): Promise<void> {
  fireEvent.click(page.getByRole('button', { name }));
  await settled();
}

const noteBox = () => page.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
const addButton = () => page.getByRole('button', { name: 'Add note' });
const writeNote = (text: string): void =>
  void fireEvent.change(noteBox(), { target: { value: text } });
const turnTo = (mode: 'Reply' | 'Note'): void =>
  void fireEvent.click(page.getByRole('radio', { name: mode }));

async function pressAlt(letter: 'L' | 'P'): Promise<void> {
  const more = { key: letter.toLowerCase(), code: `Key${letter}`, altKey: true };
  fireEvent.keyDown(document.activeElement ?? window, more);
  await settled();
}

describe('the composer', () => {
  it('begins with a text, and turns by keys to a note and back', async () => {
    await openDana();
    expect(page.getByRole<HTMLInputElement>('radio', { name: 'Reply' }).checked).toBe(true);
    await pressAlt('P');
    expect(document.activeElement).toBe(noteBox());
    expect(noteBox().placeholder).toBe('Note for the team – not sent to the customer');
    expect(page.queryByRole('button', { name: 'Send' })).toBeNull();
    expect(page.queryByRole('textbox', { name: 'Message' })).toBeNull();
    expect(page.queryByRole('status', { name: 'Segments' })).toBeNull();
    await pressAlt('L');
    expect(document.activeElement).toBe(messageBox());
    expect(sendButton()).toBeDefined();
    expect(page.queryByRole('button', { name: 'Add note' })).toBeNull();
  });

  it('promises nothing to a team where there is none', async () => {
    await openDana(undefined, TeamHost.withoutTeam());
    turnTo('Note');
    expect(noteBox().placeholder).toBe('Note – not sent to the customer');
  });

  it('keeps both texts apart, whatever is turned to', async () => {
    const { host, clock } = await openDana();
    write('For Dana');
    turnTo('Note');
    writeNote('About Dana');
    turnTo('Reply');
    expect(messageBox().value).toBe('For Dana');
    turnTo('Note');
    expect(noteBox().value).toBe('About Dana');
    await act(() => clock.advance(1_000));
    expect(host.thread(dana).draft).toBe('For Dana');
  });

  it('keeps note and mode of each conversation', async () => {
    await openDana();
    turnTo('Note');
    writeNote('About Dana');
    await open('Marcus');
    expect(messageBox().value).toBe('');
    await open('Dana Reyes');
    expect(noteBox().value).toBe('About Dana');
  });

  it('is as it was left after the page was loaded anew, until the note is added', async () => {
    const { host } = await openDana();
    turnTo('Note');
    writeNote('Half a note');
    cleanup();
    await renderApp(host);
    await open('Dana Reyes');
    expect(noteBox().value).toBe('Half a note');
    fireEvent.click(addButton());
    await settled();
    cleanup();
    await renderApp(host);
    await open('Dana Reyes');
    expect(messageBox().value).toBe('');
    await open('Marcus');
    expect(messageBox().value).toBe('');
  });

  it('is not to be turned where a message is new', async () => {
    await openDana();
    fireEvent.click(page.getByRole('button', { name: 'New message' }));
    await settled();
    expect(page.queryByRole('radio', { name: 'Note' })).toBeNull();
    await pressAlt('P');
    expect(messageBox()).toBeDefined();
  });
});

describe('adding a note', () => {
  it('sends nothing, and puts it into the timeline and the list', async () => {
    const { host } = await openDana();
    write('Still a text');
    turnTo('Note');
    expect(addButton().getAttribute('aria-disabled')).toBe('true');
    writeNote('Claim 88213');
    fireEvent.keyDown(noteBox(), { key: 'Enter' });
    await settled();
    expect(host.asked('note.add')).toMatchObject([{ threadId: dana, text: 'Claim 88213' }]);
    expect(host.asked('message.send')).toEqual([]);
    expect(noteBox().value).toBe('');
    const article = log().getByText('Claim 88213').closest('article');
    expect(article?.getAttribute('aria-label')).toMatch(/^Note by you, .+: Claim 88213$/);
    expect(article?.textContent).toMatch(/^Note by you · .+Claim 88213$/);
    turnTo('Reply');
    expect(messageBox().value).toBe('Still a text');
  });

  it('adds nothing blank, and makes a line with Shift', async () => {
    const { host } = await openDana();
    turnTo('Note');
    writeNote('   ');
    fireEvent.keyDown(noteBox(), { key: 'Enter' });
    writeNote('One');
    fireEvent.keyDown(noteBox(), { key: 'Enter', shiftKey: true });
    await settled();
    expect(host.asked('note.add')).toEqual([]);
  });

  it('keeps what was not taken, and adds it once under the same uid', async () => {
    const { host } = await openDana();
    const answer = host.answerOf('note.add');
    host.answer('note.add', async (input) => {
      await answer(input);
      throw new CommandFailure('deadline', 'No answer came.', { cure: 'Try again.' });
    });
    turnTo('Note');
    writeNote('Once');
    fireEvent.click(addButton());
    await settled();
    expect(page.getByRole('alert').textContent).toBe('No answer came. Try again.');
    expect(noteBox().value).toBe('Once');
    host.answer('note.add', answer);
    fireEvent.click(addButton());
    await settled();
    const uids = new Set(host.asked('note.add').map(({ uid }) => uid));
    expect([
      uids.size,
      host.entries.get(dana)?.filter(({ kind }) => kind === 'note').length,
    ]).toEqual([1, 1]);
    expect(noteBox().value).toBe('');
  });

  it('says why nothing is added while there is no connection', async () => {
    const { host } = await openDana();
    turnTo('Note');
    writeNote('Wait');
    await told(() => host.become('reconnecting'));
    fireEvent.click(addButton());
    expect(host.asked('note.add')).toEqual([]);
    expect(page.getByText('Reconnecting… what you write is kept')).toBeDefined();
  });
});

describe('a note by somebody else', () => {
  it('says whose it is, in the log, in the list and aloud', async () => {
    const { host } = await openDana();
    await told(() =>
      host.receive(makeNote({ author: 'Sam', text: 'VIP', threadId: dana, at: 1_760_000_050_000 })),
    );
    expect(log().getByText('VIP').closest('article')?.textContent).toMatch(/^Note by Sam · /);
    expect(page.getByRole('listitem', { name: 'Dana Reyes' }).textContent).toContain('Note: VIP');
    expect(document.querySelector('[aria-live="polite"].unseen')?.textContent).toBe(
      'Note by Sam on Dana Reyes: VIP',
    );
  });

  it('is found', async () => {
    const { clock } = await openDana([
      makeText(),
      makeNote({ author: 'Sam', text: 'Claim 88213' }),
    ]);
    fireEvent.change(page.getByRole('searchbox', { name: 'Search' }), {
      target: { value: '88213' },
    });
    await act(() => clock.advance(200));
    await settled();
    expect(
      within(page.getByRole('list', { name: 'Texts' })).getByRole('listitem').textContent,
    ).toContain('Note: Claim 88213');
  });
});
