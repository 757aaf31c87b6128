import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { CarrierHost, makeConnection, hookUrl, twilioId } from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';

describe('the webhooks of a connection', () => {
  it('are shown by purpose and copied exactly', async () => {
    const written = vi.fn<(text: string) => Promise<void>>(async () => undefined);
    vi.stubGlobal('navigator', { clipboard: { writeText: written } });
    const { screen } = await renderConnections();
    const list = within(page.getByRole('list', { name: 'Webhook addresses' }));
    expect(list.getAllByRole('button').map((each) => each.getAttribute('aria-label'))).toEqual([
      'Copy the address for incoming texts',
      'Copy the address for receipts of texts',
      'Copy the address for calls',
    ]);
    await pressButton('Copy the address for calls');
    expect(written.mock.calls).toEqual([[hookUrl]]);
    expect(list.getByText('Copied')).toBeDefined();
    expect(screen.announcement.getState().words).toBe('Copied the address for calls');
    vi.unstubAllGlobals();
  });

  it('says what to set where only this machine reaches them', async () => {
    const host = new CarrierHost();
    const url = 'http://127.0.0.1:4418/hooks/twilio/twilio0001';
    host.connections = [
      makeConnection({
        publicUrl: null,
        inboundRoad: 'polling',
        hooks: [{ purpose: 'messages', url }],
      }),
    ];
    await renderConnections(host);
    expect(page.getByText(/Only this machine reaches these addresses/)).toBeDefined();
    const write = page.getByRole<HTMLButtonElement>('button', { name: 'Write webhooks' });
    expect(write.disabled).toBe(true);
    expect(page.getByText('They can be written once the public address is set.')).toBeDefined();
  });

  it('says what to set where they are paths alone', async () => {
    const host = new CarrierHost();
    host.connections = [
      makeConnection({
        publicUrl: null,
        inboundRoad: 'none',
        hooks: [{ purpose: 'messages', url: '/hooks/twilio/twilio0001' }],
      }),
    ];
    await renderConnections(host);
    expect(page.getByText(/These are paths alone/)).toBeDefined();
    expect(page.getByText('Cannot receive')).toBeDefined();
  });

  it('are written for every line, each with its own outcome', async () => {
    const host = new CarrierHost();
    const of = { connectionId: twilioId, numberType: '10dlc' } as const;
    for (const [number, label] of [
      ['+12065550150', 'Front desk'],
      ['+12065550151', 'Back office'],
      ['+12065550152', 'Gone'],
    ] as const)
      host.addLine({ ...of, number, label });
    host.answer('connection.write-hooks', () => ({
      hooks: [],
      outcomes: [
        { number: '+12065550150', failure: null },
        { number: '+12065550151', failure: { kind: 'not-allowed', raw: '20003 no' } },
      ],
    }));
    await renderConnections(host);
    await pressButton('Write webhooks');
    expect(host.asked('connection.write-hooks')[0]?.numbers).toHaveLength(3);
    expect(page.getByText('1 of 3 written')).toBeDefined();
    const rows = within(page.getByRole('list', { name: 'What became of each number' }))
      .getAllByRole('listitem')
      .map((row) => row.textContent);
    expect(rows[0]).toContain('The carrier calls us now');
    expect(rows[1]).toContain('The account may not do this. Ask the carrier to enable it.');
    expect(rows[1]).toContain('20003 no');
    expect(rows[2]).toContain('does not list this number');
  });

  it('need nothing over a standing session', async () => {
    const host = new CarrierHost();
    host.connections = [makeConnection({ publicUrl: null, inboundRoad: 'session', hooks: [] })];
    await renderConnections(host);
    expect(page.getByText('None are needed: texts come over the standing session.')).toBeDefined();
  });
});

describe('the lines of a connection', () => {
  it('are named and coloured, the name beside the colour', async () => {
    const host = new CarrierHost();
    const line = host.addLine({
      connectionId: twilioId,
      number: '+12065550150',
      label: 'Front desk',
      numberType: '10dlc',
    });
    await renderConnections(host);
    await pressButton('Change the line Front desk');
    const swatches = within(page.getByRole('group', { name: 'Colour' })).getAllByRole('radio');
    expect(swatches).toHaveLength(8);
    fireEvent.click(page.getByRole('radio', { name: 'Teal' }));
    fill('Name of the line', 'Night desk');
    await pressButton('Save');
    expect(host.asked('line.change')).toEqual([
      { lineId: line.id, label: 'Night desk', colour: '#3a8fa3' },
    ]);
    const rows = page.getByRole('list', { name: 'Lines of this connection' });
    expect(rows.textContent).toContain('Night desk');
  });
});
