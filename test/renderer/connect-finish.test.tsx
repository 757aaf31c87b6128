import { act, fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { connectingOf } from '#renderer/connections/connect/connecting-store.ts';
import { CommandFailure } from '#shared/contract/failure.ts';
import { makeConnection } from '#test/fakes/carrier-host.ts';
import {
  beginConnecting,
  chooseCarrier,
  currentStep,
  enterTwilio,
  stepTitle,
  toWebhooks,
  twoCarriers,
  valueOf,
} from '#test/fakes/connect-steps.tsx';
import { fill, pressButton } from '#test/fakes/render-connections.tsx';
import { settled } from '#test/fakes/render-screen.tsx';

describe('receiving', () => {
  it('explains the public address, and has the carrier told where it calls', async () => {
    const { host: made } = await beginConnecting();
    await toWebhooks('Twilio');
    expect(
      page.getByText(/Without one, Trunkline asks Twilio every 15 seconds instead/),
    ).toBeDefined();
    const check = page.getByRole<HTMLInputElement>('checkbox', { name: /Have Twilio call here/ });
    expect([check.disabled, check.checked]).toEqual([true, false]);
    fill('Public address', 'https://texts.example');
    expect([check.disabled, check.checked]).toEqual([false, true]);
    await pressButton('Connect');
    expect(made.asked('connection.add')).toMatchObject([
      {
        provider: 'twilio',
        label: 'Twilio',
        publicUrl: 'https://texts.example',
        numbers: [{ number: '+12065550150', label: 'Front desk', numberType: '10dlc' }],
      },
    ]);
    expect(made.asked('connection.write-hooks')).toMatchObject([{ numbers: ['+12065550150'] }]);
    expect(stepTitle()).toContain('Twilio is connected');
    expect(page.getByText('1 of 1 written')).toBeDefined();
  });

  it('leaves the carrier alone where that is not wanted, and gives the addresses to copy', async () => {
    const { host: made } = await beginConnecting();
    await toWebhooks('Twilio');
    fill('Public address', 'https://texts.example');
    fireEvent.click(page.getByRole('checkbox', { name: /Have Twilio call here/ }));
    await pressButton('Connect');
    expect(made.asked('connection.write-hooks')).toEqual([]);
    expect(page.getByRole('button', { name: 'Copy the address for incoming texts' })).toBeDefined();
  });

  it('says that a carrier on this machine needs no public address', async () => {
    const made = twoCarriers();
    await beginConnecting(made);
    await enterTwilio();
    fill('API address', 'http://127.0.0.1:9999');
    await pressButton('Test and continue');
    await pressButton('Continue');
    expect(page.getByText(/runs on this machine and calls the relay itself/)).toBeDefined();
  });

  it('says what to do by hand where the carrier cannot be told', async () => {
    await beginConnecting();
    await toWebhooks('Plain');
    expect(page.getByText(/The addresses to enter at Plain are shown, to be copied/)).toBeDefined();
    expect(page.getByText(/Without one, texts can go out and none come in\./)).toBeDefined();
  });

  it('needs nothing over a session', async () => {
    await beginConnecting(twoCarriers({ keepsSession: true, hooks: [] }));
    await toWebhooks('Plain');
    expect(page.getByText(/Nothing needs to be set up/)).toBeDefined();
    expect(page.queryByLabelText('Public address')).toBeNull();
  });
});

describe('connecting', () => {
  it('keeps everything where it fails, and can be tried again', async () => {
    const { host: made } = await beginConnecting();
    const answer = made.answerOf('connection.add');
    made.answer('connection.add', () => {
      throw new CommandFailure('storage', 'The disk is full.', { cure: 'Free some space.' });
    });
    await toWebhooks('Twilio');
    fill('Public address', 'https://texts.example');
    await pressButton('Connect');
    expect(page.getByRole('alert').textContent).toBe('The disk is full. Free some space.');
    expect(valueOf('Public address')).toBe('https://texts.example');
    made.answer('connection.add', answer);
    await pressButton('Connect');
    expect(stepTitle()).toContain('Twilio is connected');
  });

  it('happens once, however often it is pressed', async () => {
    const { host: made } = await beginConnecting();
    await toWebhooks('Twilio');
    const connect = page.getByRole('button', { name: 'Connect' });
    act(() => {
      connect.click();
      connect.click();
    });
    await settled();
    expect(made.asked('connection.add')).toHaveLength(1);
  });

  it('takes the connection that was kept though its answer was lost', async () => {
    const { host: made } = await beginConnecting();
    const answer = made.answerOf('connection.add');
    made.answer('connection.add', async (wanted) => {
      await answer(wanted);
      throw new CommandFailure('closed', 'The connection was lost.');
    });
    await toWebhooks('Twilio');
    await pressButton('Connect');
    expect(stepTitle()).toContain('Twilio is connected');
    expect(made.connections).toHaveLength(2);
  });

  it('gives a second account a name of its own', async () => {
    const made = twoCarriers();
    made.connections = [makeConnection({ label: 'Twilio' })];
    await beginConnecting(made);
    await chooseCarrier('Twilio');
    expect(valueOf('Name of this connection')).toBe('Twilio 2');
  });

  it('says what became of the webhooks where the carrier would not be told', async () => {
    const { host: made } = await beginConnecting();
    made.answer('connection.write-hooks', () => {
      throw new CommandFailure('refused', 'The carrier had a fault of its own.');
    });
    await toWebhooks('Twilio');
    fill('Public address', 'https://texts.example');
    await pressButton('Connect');
    expect(page.getByRole('alert').textContent).toBe('The carrier had a fault of its own.');
    expect(page.getByText(/can be tried again on the page of the connection/)).toBeDefined();
    await pressButton('Open Twilio');
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Twilio');
  });

  it('forgets the credentials once it is done', async () => {
    const { screen } = await beginConnecting();
    await toWebhooks('Twilio');
    await pressButton('Connect');
    expect(connectingOf(screen).getState().entered.size).toBe(0);
    await pressButton('All connections');
    await pressButton('Connect a carrier');
    expect(currentStep()).toEqual(['Carrier']);
    await chooseCarrier('Twilio');
    expect(valueOf('Auth token')).toBe('');
    expect(screen.place.getState().pane.kind).toBe('connections');
  });
});
