import { screen as page, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import {
  beginConnecting,
  chooseCarrier,
  currentStep,
  enterTwilio,
  stepTitle,
  twoCarriers,
  valueOf,
} from '#test/fakes/connect-steps.tsx';
import { fill, pressButton } from '#test/fakes/render-connections.tsx';
import { settled, told } from '#test/fakes/render-screen.tsx';

describe('the choice of a carrier', () => {
  it('tells of each what it is and what it can do', async () => {
    await beginConnecting();
    const twilio = page.getByRole('radio', { name: 'Twilio' });
    const about = document.querySelector(`[id="${twilio.getAttribute('aria-describedby')}"]`);
    for (const words of ['programmable messaging', 'Pictures (MMS)', 'Sells numbers', 'Calls'])
      expect(about?.textContent).toContain(words);
    expect(page.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(true);
  });

  it('says each step as it opens: the focus is on its heading, and the list marks it', async () => {
    await beginConnecting();
    expect(document.activeElement?.textContent).toBe('Step 1 of 5: Which carrier has the numbers?');
    expect(currentStep()).toEqual(['Carrier']);
    await chooseCarrier('Twilio');
    expect(document.activeElement?.textContent).toBe('Step 2 of 5: Your account with Twilio');
    expect(currentStep()).toEqual(['Credentials']);
  });

  it('says why there is none to choose, and tries again', async () => {
    const made = twoCarriers();
    const answer = made.answerOf('providers.list');
    made.answer('providers.list', () => {
      throw new CommandFailure('closed', 'The connection was lost.');
    });
    await beginConnecting(made);
    expect(page.getByText('The connection was lost.')).toBeDefined();
    made.answer('providers.list', answer);
    await pressButton('Try again');
    expect(page.getByRole('radio', { name: 'Twilio' })).toBeDefined();
  });
});

describe('the credentials', () => {
  it('are asked for as the carrier names them; what is missing is said and takes the focus', async () => {
    const { host: made } = await beginConnecting();
    await chooseCarrier('Twilio');
    await pressButton('Test and continue');
    expect(page.getByText(/^Account SID is missing\. Begins with AC/)).toBeDefined();
    expect(document.activeElement).toBe(page.getByLabelText('Account SID'));
    expect(made.asked('connection.test')).toEqual([]);
  });

  it('are tried as written, empty fields left out', async () => {
    const { host: made } = await beginConnecting();
    await enterTwilio();
    await pressButton('Test and continue');
    expect(made.asked('connection.test')).toEqual([
      {
        provider: 'twilio',
        baseUrl: null,
        credentials: { accountSid: 'AC0123', authToken: 'token' },
      },
    ]);
    expect(page.getByText('The credentials are good. Account: 12.34 USD')).toBeDefined();
  });

  it('that are refused stay as written, with the reason, the cure and the code', async () => {
    const { host: made } = await beginConnecting();
    made.answer('connection.test', () => ({
      kind: 'bad',
      failure: { kind: 'credentials', raw: '20003: Authenticate' },
    }));
    await enterTwilio();
    await pressButton('Test and continue');
    const alert = page.getByRole('alert');
    expect(alert.textContent).toContain(
      'The carrier refused the account credentials. Check the credentials of the connection.',
    );
    expect(within(alert).getByText('20003: Authenticate').closest('details')?.open).toBe(false);
    expect(valueOf('Account SID')).toBe(' AC0123 ');
    expect(valueOf('Auth token')).toBe('token');
    fill('Auth token', 'better');
    expect(page.queryByRole('alert')).toBeNull();
  });

  it('speak of asking, not of a text, where the carrier cannot be reached', async () => {
    const { host: made } = await beginConnecting();
    made.answer('connection.test', () => ({
      kind: 'bad',
      failure: { kind: 'network', raw: null },
    }));
    await enterTwilio();
    await pressButton('Test and continue');
    expect(page.getByRole('alert').textContent).toMatch(
      /^The carrier could not be reached\. Check/,
    );
    await pressButton('Go on without the test');
    expect(stepTitle()).toContain('Which numbers become lines?');
    expect(page.getByText('Twilio was not asked. Write the numbers you have there.')).toBeDefined();
  });

  it('that cannot even be tried stay as written too', async () => {
    const { host: made } = await beginConnecting();
    made.answer('connection.test', () => {
      throw new CommandFailure('bad-input', 'credentials.accountSid must be AC and 32 more.', {
        cure: 'Correct what is named and try again.',
      });
    });
    await enterTwilio();
    await pressButton('Test and continue');
    expect(page.getByRole('alert').textContent).toBe(
      'credentials.accountSid must be AC and 32 more. Correct what is named and try again.',
    );
    expect(page.queryByRole('button', { name: 'Go on without the test' })).toBeNull();
    expect(valueOf('Account SID')).toBe(' AC0123 ');
  });

  it('changed while they are tried are tried anew, and the late answer counts for nothing', async () => {
    const { host: made } = await beginConnecting();
    const gate = Promise.withResolvers<void>();
    made.answer('connection.test', async () => {
      await gate.promise;
      return { kind: 'good', account: 'Late', numbers: [] };
    });
    await enterTwilio();
    await pressButton('Test and continue');
    expect(page.getByText('Asking the carrier whether they are good…')).toBeDefined();
    fill('Auth token', 'another');
    await told(() => gate.resolve());
    await settled();
    expect(stepTitle()).toContain('Your account with Twilio');
    expect(page.queryByText(/Late/)).toBeNull();
  });

  it('are hidden until asked for, and an optional choice begins with the usual', async () => {
    const { host: made } = await beginConnecting();
    await chooseCarrier('Plain');
    const key = page.getByLabelText<HTMLInputElement>('Key');
    expect([key.type, key.autocomplete]).toEqual(['password', 'off']);
    await pressButton('Show Key');
    expect(key.type).toBe('text');
    fill('Key', 'k');
    fill('Mode', 'slow');
    await pressButton('Test and continue');
    expect(made.asked('connection.test')[0]?.credentials).toEqual({ key: 'k', mode: 'slow' });
  });

  it('ask for the address only where the carrier has none of its own', async () => {
    await beginConnecting(twoCarriers({ needsAddress: true }));
    await chooseCarrier('Plain');
    fill('Key', 'k');
    await pressButton('Test and continue');
    expect(page.getByText('The API address is missing.')).toBeDefined();
    expect(page.getByLabelText('API address').closest('details')).toBeNull();
    await pressButton('Back');
    await chooseCarrier('Twilio');
    expect(page.getByLabelText('API address').closest('details')?.open).toBe(false);
  });

  it('fold away what few people need, and show what is no secret', async () => {
    const field = { secret: false, optional: true, hint: '' };
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      ...field,
      name,
      label: `Setting ${name}`,
    }));
    const template = { ...field, name: 'template', label: 'Template', multiline: true };
    const needed = { ...field, name: 'needed', label: 'Needed', optional: false };
    await beginConnecting(twoCarriers({ credentials: [needed, ...many, template] }));
    await chooseCarrier('Plain');
    expect(page.getByLabelText('Needed').closest('details')).toBeNull();
    expect(page.getByLabelText('Setting a').closest('details')?.open).toBe(false);
    const box = page.getByLabelText('Template');
    expect([box.tagName, box.className]).toEqual(['TEXTAREA', '']);
    expect(page.queryByRole('button', { name: 'Show Template', hidden: true })).toBeNull();
    fill('Template', 'x\ny');
    await pressButton('Back');
    await pressButton('Continue');
    expect(page.getByLabelText('Template').closest('details')?.open).toBe(true);
  });

  it('survive going back, another carrier, and a look at something else', async () => {
    const { screen } = await beginConnecting();
    await enterTwilio();
    await pressButton('Back');
    await chooseCarrier('Plain');
    fill('Key', 'k');
    await pressButton('Back');
    await chooseCarrier('Twilio');
    expect(valueOf('Auth token')).toBe('token');
    await told(() => screen.place.setState({ pane: { kind: 'nothing' } }));
    await told(() =>
      screen.place.setState({ pane: { kind: 'connections', at: { page: 'list' } } }),
    );
    await settled();
    await pressButton('Go on connecting');
    expect(valueOf('Auth token')).toBe('token');
  });

  it('are forgotten on Cancel', async () => {
    await beginConnecting();
    await enterTwilio();
    await pressButton('Cancel');
    await pressButton('Connect a carrier');
    await chooseCarrier('Twilio');
    expect(valueOf('Auth token')).toBe('');
  });
});
