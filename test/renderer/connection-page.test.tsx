import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';
import { settled, told } from '#test/fakes/render-screen.tsx';
import { calmHealth } from '#test/fakes/small-world.ts';

const heading = () => page.getByRole('heading', { level: 1 }).textContent;
const names = (role: 'button' | 'textbox'): string[] =>
  page
    .getAllByRole(role)
    .map((each) => each.getAttribute('aria-label') ?? labelOf(each) ?? each.textContent ?? '');
const labelOf = (element: HTMLElement): string | undefined =>
  (element as HTMLInputElement).labels?.[0]?.textContent ?? undefined;

function hostWithHealth(): CarrierHost {
  const host = new CarrierHost();
  host.health = {
    ...calmHealth,
    connections: [
      { connectionId: twilioId, label: 'Main office', state: 'off', sentence: 'It may not send.' },
    ],
  };
  return host;
}

describe('the page of a connection', () => {
  it('switches off and on', async () => {
    const { host } = await renderConnections();
    await pressButton('Switch off');
    expect(host.asked('connection.change')).toEqual([{ connectionId: twilioId, disabled: true }]);
    await pressButton('Switch on');
    expect(host.connection().disabled).toBe(false);
  });

  it('says why it could not be switched', async () => {
    const { host } = await renderConnections();
    host.answer('connection.change', () => {
      throw new CommandFailure('storage', 'The disk is full.', { cure: 'Free some space.' });
    });
    await pressButton('Switch off');
    expect(page.getByRole('alert').textContent).toBe('The disk is full. Free some space.');
  });

  it('is renamed, and keeps what was written where that fails', async () => {
    const { host } = await renderConnections();
    const answer = host.answerOf('connection.change');
    await pressButton('Rename');
    const field = page.getByLabelText('Name');
    expect(document.activeElement).toBe(field);
    fill('Name', ' ');
    expect(page.getByText('A connection needs a name.')).toBeDefined();
    fill('Name', 'Night shift');
    host.answer('connection.change', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await pressButton('Save');
    expect(page.getByRole('alert').textContent).toBe('The disk is full.');
    expect(page.getByLabelText<HTMLInputElement>('Name').value).toBe('Night shift');
    host.answer('connection.change', answer);
    await pressButton('Save');
    expect(heading()).toBe('Night shift');
    expect(document.activeElement).toBe(page.getByRole('button', { name: 'Rename' }));
  });

  it('closes a form with Escape and nothing else with it', async () => {
    await renderConnections();
    await pressButton('Rename');
    fireEvent.keyDown(page.getByLabelText('Name'), { key: 'Escape' });
    await settled();
    expect(page.queryByLabelText('Name')).toBeNull();
    expect(heading()).toBe('Main office');
  });

  it('takes new credentials of some fields alone, and explains how to change a key', async () => {
    const { host } = await renderConnections();
    await pressButton('New credentials');
    expect(page.getByText(/the old one under “Previous auth token”/)).toBeDefined();
    const save = page.getByRole<HTMLButtonElement>('button', { name: 'Save credentials' });
    expect(save.disabled).toBe(true);
    const token = page.getByLabelText<HTMLInputElement>('Auth token');
    expect([token.type, token.autocomplete]).toEqual(['password', 'off']);
    fill('Auth token', 'new-token');
    fill('Previous auth token', 'old-token');
    await pressButton('Show Auth token');
    expect(token.type).toBe('text');
    await pressButton('Save credentials');
    expect(host.asked('connection.change')).toEqual([
      {
        connectionId: twilioId,
        credentials: { authToken: 'new-token', previousAuthToken: 'old-token' },
      },
    ]);
    expect(page.queryByLabelText('Auth token')).toBeNull();
  });

  it('sets the public address, and takes it away', async () => {
    const { host } = await renderConnections();
    await pressButton('Set the public address');
    fill('Public address', 'texts.example');
    expect(page.getByText('Write the whole address, beginning with https://.')).toBeDefined();
    fill('Public address', 'https://other.example ');
    await pressButton('Save');
    await pressButton('Set the public address');
    fill('Public address', '');
    await pressButton('Use none');
    expect(host.asked('connection.change').map(({ publicUrl }) => publicUrl)).toEqual([
      'https://other.example',
      null,
    ]);
  });

  it('keeps its names apart from those of the composer', async () => {
    await renderConnections(hostWithHealth());
    await pressButton('New credentials');
    expect(names('button').filter((name) => /send/iu.test(name))).toEqual([]);
    expect(names('button').filter((name) => name === 'New message')).toHaveLength(1);
    expect(names('textbox').filter((name) => /message|^to$/iu.test(name))).toEqual([]);
  });

  it('says that it was removed elsewhere', async () => {
    const { host } = await renderConnections();
    await told(() => host.tell('connections.changed', { connections: [] }));
    expect(page.getByText('This connection is no longer there')).toBeDefined();
  });
});

describe('removing a connection', () => {
  it('asks first, and says that the conversations stay', async () => {
    const { host } = await renderConnections();
    await pressButton('Remove…');
    const dialog = within(page.getByRole('alertdialog', { name: 'Remove Main office?' }));
    expect(dialog.getByText(/Its conversations stay/)).toBeDefined();
    expect(document.activeElement?.textContent).toBe('Cancel');
    fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await settled();
    expect(host.asked('connection.remove')).toEqual([]);
  });

  it('keeps the keys of the screen below silent while it asks', async () => {
    await renderConnections();
    await pressButton('Remove…');
    fireEvent.keyDown(document.activeElement ?? window, { key: 'n', code: 'KeyN', altKey: true });
    await settled();
    expect(page.getByRole('alertdialog')).toBeDefined();
    expect(page.queryByRole('textbox', { name: 'To', hidden: true })).toBeNull();
  });

  it('removes, and goes back to the list', async () => {
    const { host } = await renderConnections();
    await pressButton('Remove…');
    await pressButton('Remove');
    expect(host.asked('connection.remove')).toEqual([{ connectionId: twilioId }]);
    expect(heading()).toBe('Connections');
    expect(page.queryByRole('alertdialog')).toBeNull();
  });

  it('says in the dialog why it could not', async () => {
    const { host } = await renderConnections();
    host.answer('connection.remove', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await pressButton('Remove…');
    await pressButton('Remove');
    expect(within(page.getByRole('alertdialog')).getByRole('alert').textContent).toBe(
      'The disk is full.',
    );
  });
});
