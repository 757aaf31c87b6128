import { fireEvent, screen as page } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { CommandFailure } from '#shared/contract/failure.ts';
import { CarrierHost, twilioId } from '#test/fakes/carrier-host.ts';
import { pressButton, renderConnections } from '#test/fakes/render-connections.tsx';

const steps = [
  { step: 'credentials', verdict: 'passed', sentence: 'The carrier knows us.' },
  { step: 'abilities', verdict: 'unclear', sentence: 'Its server does not say.' },
  { step: 'text-to-self', verdict: 'failed', sentence: 'Not allowed (403)' },
] as const;

describe('verifying a connection', () => {
  it('says every step with its verdict in words, and texts nobody unasked', async () => {
    const host = new CarrierHost();
    host.answer('connection.verify', () => ({ steps: [...steps] }));
    await renderConnections(host);
    await pressButton('Verify');
    expect(host.asked('connection.verify')).toEqual([
      { connectionId: twilioId, textToSelf: false },
    ]);
    const said = page.getAllByRole('listitem').map((item) => item.textContent);
    expect(said).toContain('Credentials ✓ passed: The carrier knows us.');
    expect(said).toContain('What its server takes ? unclear: Its server does not say.');
    expect(said).toContain('A text to oneself ▲ failed: Not allowed (403)');
  });

  it('says why it could not begin', async () => {
    const host = new CarrierHost();
    host.answer('connection.verify', () => {
      throw new CommandFailure('refused', 'Its credentials are not in the secret store.');
    });
    await renderConnections(host);
    await pressButton('Verify');
    expect(page.getByText(/not in the secret store/)).toBeDefined();
  });
});

describe('a preset', () => {
  it('fills the form of its carrier, says that it is unverified and what to ask', async () => {
    const host = new CarrierHost();
    host.presets = [
      {
        id: 'acme-preset',
        label: 'Acme',
        about: 'Texts over somebody else’s road.',
        over: 'twilio',
        values: { accountSid: 'AC-known' },
        blanks: [{ field: 'authToken', question: 'Which token?' }],
        unverified: true,
        questions: ['Who handles STOP?'],
      },
    ];
    await renderConnections(host, { page: 'connect' });
    const card = page.getByRole('radio', { name: 'Acme' });
    fireEvent.click(card);
    await pressButton('Continue');
    expect(page.getByText(/Unverified: no account of Acme/)).toBeDefined();
    expect(page.getByText('Which token?')).toBeDefined();
    expect(page.getByText('Who handles STOP?')).toBeDefined();
    expect(page.getByLabelText<HTMLInputElement>('Account SID').value).toBe('AC-known');
    expect(page.getByLabelText<HTMLInputElement>('Name of this connection').value).toBe('Acme');
  });
});
