import { fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import { MemoryHost } from '#test/fakes/memory-host.ts';
import {
  log,
  messageBox,
  press,
  reason,
  renderApp,
  sendButton,
  settled,
  write,
} from '#test/fakes/render-screen.tsx';
import { billingLine, makeText, makeThread, supportLine } from '#test/fakes/small-world.ts';

async function begin(host = new MemoryHost()) {
  const rendered = await renderApp(host);
  fireEvent.click(page.getByRole('button', { name: 'New message' }));
  await settled();
  return rendered;
}

const to = () => page.getByRole('textbox', { name: 'To' });
const typeTo = (number: string): void => void fireEvent.change(to(), { target: { value: number } });
const check = (): string =>
  document.querySelector(`[id="${to().getAttribute('aria-describedby')}"]`)?.textContent ?? '';

describe('a new message', () => {
  it('has one box for the number, one for the text, and the button to it stays one', async () => {
    await begin();
    expect(page.getAllByRole('textbox').map((box) => box.getAttribute('aria-label'))).toEqual([
      null,
      'Message',
    ]);
    expect(page.getAllByRole('button', { name: 'New message' })).toHaveLength(1);
    expect(page.getAllByRole('textbox', { name: /to/i })).toHaveLength(1);
  });

  it('checks the number as it is typed', async () => {
    await begin();
    typeTo('(206) 555-0142');
    expect(check()).toBe('+12065550142');
    expect(to().getAttribute('aria-invalid')).toBe('false');
    typeTo('555-0142');
    expect(check()).toBe('The area code is missing. Put the three-digit area code before it.');
    expect(to().getAttribute('aria-invalid')).toBe('true');
    typeTo('555 010 0100');
    expect(check()).toMatch(/^\+15550100100 · The numbering plan has not assigned/);
    expect(to().getAttribute('aria-invalid')).toBe('false');
  });

  it('does not go to a number that is none, and says so', async () => {
    const { host } = await begin();
    typeTo('12');
    write('Hello');
    expect(reason()).not.toBe('');
    fireEvent.click(sendButton());
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toEqual([]);
  });

  it('goes from the chosen line to the number in full, and opens its conversation', async () => {
    const { host } = await begin();
    typeTo('555 010 0100');
    fireEvent.change(page.getByRole('combobox', { name: 'From' }), {
      target: { value: String(billingLine.id) },
    });
    write('Is the part in stock?');
    fireEvent.click(sendButton());
    await settled();
    expect(host.asked('message.send')).toMatchObject([
      { target: { lineId: billingLine.id, to: '+15550100100' }, text: 'Is the part in stock?' },
    ]);
    expect(log().getByText('Is the part in stock?')).toBeDefined();
    expect(page.getByRole('listitem', { name: '(555) 010-0100' })).toBeDefined();
    expect(messageBox().value).toBe('');
  });

  it('goes once, however often Enter is pressed', async () => {
    const { host } = await begin();
    typeTo('555 010 0100');
    write('Once');
    press('Enter');
    press('Enter');
    await settled();
    expect(host.asked('message.send')).toHaveLength(1);
  });

  it('goes into the conversation that is already there', async () => {
    const host = new MemoryHost();
    host.add(makeThread(1, { name: 'Dana Reyes', peer: '+15550100100' }), [
      makeText({ text: 'Before' }),
    ]);
    await begin(host);
    typeTo('+1 555 010 0100');
    write('After');
    press('Enter');
    await settled();
    expect(log().getByText('Before')).toBeDefined();
    expect(log().getByText('After')).toBeDefined();
    expect(page.getAllByRole('listitem', { name: 'Dana Reyes' })).toHaveLength(1);
  });

  it('keeps number and text when it is refused, and says why', async () => {
    const { host } = await begin();
    host.answer('message.send', () => {
      throw new CommandFailure('refused', 'This is your own number.', { cure: 'Choose another.' });
    });
    typeTo('555 010 0100');
    write('Hello me');
    press('Enter');
    await settled();
    expect(page.getByRole('alert').textContent).toBe('This is your own number. Choose another.');
    expect(messageBox().value).toBe('Hello me');
    expect(to()).toHaveProperty('value', '555 010 0100');
  });

  it('takes the line that is filtered by', async () => {
    const host = new MemoryHost();
    await renderApp(host);
    fireEvent.click(page.getByRole('button', { name: /^Billing/ }));
    fireEvent.click(page.getByRole('button', { name: 'New message' }));
    await settled();
    expect(page.getByRole('combobox', { name: 'From' })).toHaveProperty(
      'value',
      `${billingLine.id}`,
    );
  });

  it('says what is missing where there is no line', async () => {
    const host = new MemoryHost();
    host.lines = [];
    await begin(host);
    typeTo('555 010 0100');
    write('Hello');
    expect(reason()).toBe('There is no line to text from');
  });

  it('is left with Escape, and its text is there again', async () => {
    const { host } = await begin();
    expect(host.lines[0]).toBe(supportLine);
    write('Not yet');
    fireEvent.keyDown(messageBox(), { key: 'Escape' });
    await settled();
    expect(page.queryByRole('textbox', { name: 'To' })).toBeNull();
    fireEvent.click(page.getByRole('button', { name: 'New message' }));
    await settled();
    expect(messageBox().value).toBe('Not yet');
  });
});
