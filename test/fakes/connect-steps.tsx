import { fireEvent, screen as page, within } from '@testing-library/react';

import type { Capabilities } from '#shared/provider/capabilities.ts';
import { usualCapabilities } from '#shared/provider/capabilities.ts';

import { CarrierHost } from './carrier-host.ts';
import { fill, pressButton, renderConnections } from './render-connections.tsx';

const plain: Capabilities = {
  ...usualCapabilities,
  label: 'Plain',
  about: 'A carrier that can do little.',
  credentials: [
    { name: 'key', label: 'Key', secret: true, optional: false, hint: 'In the letter.' },
    {
      name: 'mode',
      label: 'Mode',
      secret: false,
      optional: true,
      hint: 'As agreed.',
      choices: ['fast', 'slow'],
    },
  ],
  mms: false,
  senderTypes: ['10dlc'],
  media: null,
};

/** A host that offers Twilio, and a carrier that can do little else than is given. */
export function twoCarriers(more: Partial<Capabilities> = {}): CarrierHost {
  const made = new CarrierHost();
  made.carriers = [...made.carriers, { id: 'plain', capabilities: { ...plain, ...more } }];
  return made;
}

/** The first step of connecting a carrier. */
export const beginConnecting = (made = twoCarriers()) =>
  renderConnections(made, { page: 'connect' });
export const stepTitle = () =>
  within(page.getByRole('main')).getByRole('heading', { level: 2 }).textContent;
/** What the list of steps marks. */
export const currentStep = () =>
  within(page.getByRole('list', { name: 'Steps' }))
    .getAllByRole('listitem')
    .filter((item) => item.getAttribute('aria-current') === 'step')
    .map((item) => item.textContent);
export const valueOf = (label: string) => page.getByLabelText<HTMLInputElement>(label).value;

export async function chooseCarrier(carrier: string): Promise<void> {
  fireEvent.click(page.getByRole('radio', { name: carrier }));
  await pressButton('Continue');
}

export async function enterTwilio(): Promise<void> {
  await chooseCarrier('Twilio');
  fill('Account SID', ' AC0123 ');
  fill('Auth token', 'token');
}

/** On to the last step before connecting, everything good. */
export async function toWebhooks(carrier: 'Twilio' | 'Plain'): Promise<void> {
  if (carrier === 'Twilio') await enterTwilio();
  else {
    await chooseCarrier('Plain');
    fill('Key', 'k');
  }
  await pressButton('Test and continue');
  await pressButton('Continue');
}
