import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, makeConnection, twilioId } from '#test/fakes/carrier-host.ts';
import { pressButton, renderConnections } from '#test/fakes/render-connections.tsx';
import { settled, told, renderApp } from '#test/fakes/render-screen.tsx';
import { calmHealth, supportLine } from '#test/fakes/small-world.ts';

const heading = () => page.getByRole('heading', { level: 1 }).textContent;

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

describe('the way to the connections', () => {
  it('leads from the settings, by key', async () => {
    await renderApp(new CarrierHost());
    fireEvent.keyDown(window, { key: ',', ctrlKey: true });
    await settled();
    fireEvent.click(page.getByRole('menuitem', { name: 'Connections' }));
    await settled();
    expect(heading()).toBe('Connections');
    expect(document.activeElement?.textContent).toBe('Connections');
  });

  it('leads from the status bar, where a connection that is off says so', async () => {
    await renderApp(hostWithHealth());
    const label = within(page.getByRole('contentinfo')).getByRole('button', {
      name: 'Main office: off',
    });
    expect(label.getAttribute('title')).toBe('It may not send.');
    fireEvent.click(label);
    await settled();
    expect(heading()).toBe('Main office');
  });

  it('leads from the rail where there is no line', async () => {
    const host = new CarrierHost();
    host.lines = [];
    await renderApp(host);
    await pressButton('Connect a carrier');
    expect(heading()).toBe('Connect a carrier');
  });

  it('goes back up with Escape, page by page', async () => {
    await renderConnections(new CarrierHost(), { page: 'numbers', connectionId: twilioId });
    for (const title of ['Main office', 'Connections', 'No conversation open']) {
      fireEvent.keyDown(document.activeElement ?? window, { key: 'Escape' });
      await settled();
      expect(heading()).toBe(title);
    }
  });
});

describe('the list of connections', () => {
  it('says of each how it fares', async () => {
    const host = new CarrierHost();
    const now = Date.now();
    host.connections = [
      makeConnection({
        state: 'trouble',
        sentence: 'The account has no balance left.',
        inboundRoad: 'polling',
        lastInboundAt: now - 3 * 60_000,
        signatureFailures: 4,
      }),
    ];
    host.lines = [{ ...supportLine, connectionId: twilioId }];
    await renderConnections(host, { page: 'list' });
    const card = page.getByRole('list', { name: 'Accounts' });
    for (const words of [
      'Twilio · 1 line',
      'In trouble',
      'The account has no balance left.',
      'Asks the carrier every 15 s',
      '3 minutes ago',
      'none yet',
      '4 calls refused',
    ])
      expect(card.textContent).toContain(words);
    const time = within(card).getByText('3 minutes ago');
    expect(time.getAttribute('title')).toMatch(/\d:\d\d:\d\d/);
    expect(time.getAttribute('dateTime')).toBe(new Date(now - 3 * 60_000).toISOString());
  });

  it('says nothing of signatures while none was wrong', async () => {
    await renderConnections(new CarrierHost(), { page: 'list' });
    expect(page.queryByText('Wrong signature')).toBeNull();
  });

  it('says what to do where there is none, and where they cannot be had', async () => {
    const host = new CarrierHost();
    host.connections = [];
    await renderConnections(host, { page: 'list' });
    expect(page.getByText('No carrier is connected yet')).toBeDefined();
    const answer = host.answerOf('connections.list');
    host.answer('connections.list', () => {
      throw new CommandFailure('storage', 'The disk is full.');
    });
    await told(() => host.tell('health.changed', { health: calmHealth }));
    await settled();
    expect(page.getByText('The disk is full.')).toBeDefined();
    host.connections = [makeConnection()];
    host.answer('connections.list', answer);
    await pressButton('Try again');
    expect(page.getByRole('button', { name: 'Main office' })).toBeDefined();
  });

  it('learns when something last came in', async () => {
    const host = new CarrierHost();
    await renderConnections(host, { page: 'list' });
    host.connections = [makeConnection({ lastInboundAt: Date.now() })];
    await told(() => host.tell('health.changed', { health: calmHealth }));
    await settled();
    expect(page.getByText('just now')).toBeDefined();
  });
});
