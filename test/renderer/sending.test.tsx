import { act, fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import {
  log,
  messageBox,
  press,
  reason,
  renderDana,
  sendButton,
  settled,
  write,
} from '#test/fakes/render-screen.tsx';
import { makeText, threadId } from '#test/fakes/small-world.ts';

const dana = threadId(1);

describe('sending', () => {
  it('goes out with Enter, clears the box and shows the text', async () => {
    const { host } = await renderDana();
    write('On my way');
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toMatchObject([
      { text: 'On my way', target: { threadId: dana } },
    ]);
    expect(messageBox().value).toBe('');
    expect(log().getByText('On my way')).toBeDefined();
    expect(log().getByText('Waiting')).toBeDefined();
  });

  it('sends once when Enter is pressed twice', async () => {
    const { host } = await renderDana();
    write('Only once');
    press('Enter');
    press('Enter');
    await settled();
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toHaveLength(1);
    expect(log().getAllByText('Only once')).toHaveLength(1);
  });

  it('makes a new line with Shift Enter, and nothing while an input method composes', async () => {
    const { host } = await renderDana();
    write('にほん');
    press('Enter', { shiftKey: true });
    press('Enter', { isComposing: true });
    press('Enter', { keyCode: 229 });
    await settled();
    expect(host.asked('message.send')).toEqual([]);
  });

  it('keeps the text and its uid when it fails, and says what happened and what to do', async () => {
    const { host } = await renderDana();
    const answer = host.answerOf('message.send');
    host.answer('message.send', () => {
      throw new CommandFailure('storage', 'The disk is full.', { cure: 'Free some space.' });
    });
    write('Keep me');
    press('Enter');
    await settled();
    expect(messageBox().value).toBe('Keep me');
    expect(page.getByRole('alert').textContent).toBe('The disk is full. Free some space.');
    host.answer('message.send', answer);
    press('Enter');
    await settled();
    const [first, second] = host.asked('message.send');
    expect(second?.uid).toBe(first?.uid);
    expect(page.queryByRole('alert')).toBeNull();
    expect(messageBox().value).toBe('');
  });

  it('gives the next text a uid of its own', async () => {
    const { host } = await renderDana();
    for (const text of ['First', 'Second']) {
      write(text);
      press('Enter');
      await settled();
    }
    const [first, second] = host.asked('message.send');
    expect(second?.uid).not.toBe(first?.uid);
  });

  it('keeps what is written while a text is on its way', async () => {
    const { host } = await renderDana();
    const answer = host.answerOf('message.send');
    const gate = Promise.withResolvers<void>();
    host.answer('message.send', async (input) => {
      await gate.promise;
      return answer(input);
    });
    write('Hello');
    press('Enter');
    await settled();
    expect(reason()).toBe('On its way…');
    write('Hello and more');
    await act(async () => gate.resolve());
    await settled();
    expect(messageBox().value).toBe(' and more');
  });

  it('keeps a later wording where the host had already taken an earlier one', async () => {
    const { host } = await renderDana();
    const answer = host.answerOf('message.send');
    host.answer('message.send', async (input) => {
      await answer(input);
      throw new CommandFailure('closed', 'The connection was lost.');
    });
    write('Come at 3');
    press('Enter');
    await settled();
    host.answer('message.send', answer);
    write('Come at 4');
    press('Enter');
    await settled();
    expect(log().getAllByText(/Come at/)).toHaveLength(1);
    expect(messageBox().value).toBe('Come at 4');
    expect(page.getByRole('alert').textContent).toContain('An earlier wording');
    press('Enter');
    await settled();
    expect(log().getByText('Come at 4')).toBeDefined();
  });
});

describe('the button', () => {
  it('says in words why it does nothing', async () => {
    const { host } = await renderDana();
    expect(reason()).toBe('Nothing written yet');
    write('  \n ');
    expect(reason()).toBe('Nothing written yet');
    write('a'.repeat(20_001));
    expect(reason()).toBe('Too long: 20,000 characters at most, this has 20,001');
    write('Hello');
    expect(reason()).toBe('');
    expect(sendButton().getAttribute('aria-disabled')).toBe('false');
    await act(async () => host.become('reconnecting'));
    expect(reason()).toBe('Reconnecting… what you write is kept');
    fireEvent.click(sendButton());
    await settled();
    expect(host.asked('message.send')).toEqual([]);
    expect(messageBox().value).toBe('Hello');
  });

  it('is the only one with "send" in its name', async () => {
    const { host } = await renderDana();
    await act(async () =>
      host.receive(
        makeText({ threadId: dana, direction: 'out', state: 'sending', text: 'Send it' }),
      ),
    );
    const names = [...page.getAllByRole('button'), ...page.queryAllByRole('link')].map(
      (control) => control.getAttribute('aria-label') ?? control.textContent,
    );
    expect(names.filter((name) => /send/iu.test(name))).toEqual(['Send']);
  });
});
