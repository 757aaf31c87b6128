import { fireEvent, screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { capabilities as twilio } from '#main/providers/twilio/capabilities.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import {
  CarrierHost,
  hookUrl,
  makeConnection,
  makeNumber,
  twilioId,
} from '#test/fakes/carrier-host.ts';
import { fill, pressButton, renderConnections } from '#test/fakes/render-connections.tsx';
import { settled } from '#test/fakes/render-screen.tsx';

const open = (host = new CarrierHost()) =>
  renderConnections(host, { page: 'numbers', connectionId: twilioId });
const rows = () =>
  within(page.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

describe('the numbers of an account', () => {
  it('are told with type, registration, where their texts go, and the line', async () => {
    const host = new CarrierHost();
    host.numbers = [
      makeNumber('+12065550150', {
        label: 'Front desk',
        hookUrl: `${hookUrl}?ref=1`,
        registration: { state: 'registered', brandId: 'B1', campaignId: 'C1', detail: 'VERIFIED' },
      }),
      makeNumber('+18445550102', {
        label: '+18445550102',
        numberType: 'toll-free',
        mms: false,
        voice: false,
        hookUrl: 'https://old.example/sms',
        registration: { state: 'rejected', brandId: null, campaignId: null, detail: null },
      }),
      makeNumber('72345', { numberType: 'short-code' }),
    ];
    host.addLine({
      connectionId: twilioId,
      number: '+12065550150',
      label: 'Support',
      numberType: '10dlc',
    });
    await open(host);
    const [first, second, third] = rows();
    for (const words of ['(206) 555-0150', 'Front desk', 'Long code', 'SMS · MMS · Voice'])
      expect(first).toContain(words);
    for (const words of ['Registered', 'B1', 'C1', 'VERIFIED', 'Comes here', 'Support'])
      expect(first).toContain(words);
    expect(page.getByText('C1').closest('details')?.open).toBe(false);
    expect(second).toBe(
      '(844) 555-0102Toll-freeSMSRegistration rejectedGoes elsewhereold.exampleMake it a line',
    );
    expect(third).toContain('Short code');
    expect(third).toContain('Carrier does not tell');
    expect(third).toContain('Not told');
  });

  it('become lines under a name', async () => {
    const { host } = await open();
    await pressButton('Make (206) 555-0150 a line');
    fill('Name of the line', 'Reception');
    fireEvent.submit(page.getByRole('form', { name: 'Make (206) 555-0150 a line' }));
    await settled();
    expect(host.asked('line.add')).toEqual([
      {
        connectionId: twilioId,
        number: '+12065550150',
        numberType: '10dlc',
        label: 'Reception',
      },
    ]);
    expect(rows()[0]).toContain('Reception');
    expect(page.getByRole('button', { name: 'Change the line Reception' })).toBeDefined();
  });

  it('say which line the carrier does not list', async () => {
    const host = new CarrierHost();
    host.addLine({
      connectionId: twilioId,
      number: '+12065550199',
      label: 'Old',
      numberType: 'other',
    });
    await open(host);
    expect(rows()[1]).toContain('Not in the carrier’s list of the account');
  });

  it('say why they could not be told, and are asked for again', async () => {
    const host = new CarrierHost();
    const answer = host.answerOf('connection.numbers');
    host.answer('connection.numbers', () => {
      throw new CommandFailure('refused', 'The carrier had a fault of its own.');
    });
    await open(host);
    expect(page.getByText('The carrier had a fault of its own.')).toBeDefined();
    host.answer('connection.numbers', answer);
    await pressButton('Try again');
    expect(rows()).toHaveLength(1);
    host.numbers = [...host.numbers, makeNumber('+12065550151')];
    await pressButton('Ask again');
    expect(rows()).toHaveLength(2);
  });

  it('are written by hand where the carrier lists none, without asking it', async () => {
    const host = new CarrierHost();
    host.carriers = [
      {
        id: 'twilio',
        capabilities: { ...twilio, listsNumbers: false, searchesNumbers: false },
      },
    ];
    await open(host);
    expect(host.asked('connection.numbers')).toEqual([]);
    fill('Number', '206 555 0177');
    await pressButton('Make it a line');
    expect(host.asked('line.add')).toMatchObject([{ number: '+12065550177', numberType: '10dlc' }]);
    expect(rows()[0]).toContain('The carrier has not told of it');
    expect(page.queryByRole('heading', { name: /for sale/ })).toBeNull();
  });
});

describe('where a page has nothing to stand on', () => {
  it('says why, and tries again', async () => {
    const host = new CarrierHost();
    const answer = host.answerOf('providers.list');
    host.answer('providers.list', () => {
      throw new CommandFailure('closed', 'The connection was lost.');
    });
    await open(host);
    expect(page.getByText('The connection was lost.')).toBeDefined();
    host.answer('providers.list', answer);
    await pressButton('Try again');
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Numbers');
  });

  it('says of a session that texts come over it', async () => {
    const host = new CarrierHost();
    host.connections = [makeConnection({ inboundRoad: 'session', hooks: [] })];
    await open(host);
    expect(rows()[0]).toContain('By the session');
  });
});
