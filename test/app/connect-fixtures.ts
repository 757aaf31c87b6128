import type { Page } from '@playwright/test';

import type { MessageRow } from '#test/carriers/twilio-account.ts';
import { TwilioCarrier } from '#test/carriers/twilio-carrier.ts';

import { expect, test as base } from './app-fixtures.ts';

export const frontDesk = '+15550100001';
export const customer = '+15550100777';

/** A strict carrier on loopback with two numbers of ours, one more for sale, and what the page itself complained of. */
export const test = base.extend<{ readonly carrier: TwilioCarrier; readonly complaints: string[] }>(
  {
    carrier: async ({}, use) => {
      await using carrier = await TwilioCarrier.start();
      carrier.account.addNumber(frontDesk, { name: 'Front desk' });
      carrier.account.addNumber('+15550100002', { name: 'Deliveries' });
      carrier.account.offers.push({
        number: '+12065550130',
        locality: 'Seattle',
        region: 'WA',
        country: 'US',
      });
      await use(carrier);
    },
    complaints: async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (said) => (said.type() === 'error' ? complaints.push(said.text()) : 0));
      page.on('pageerror', ({ message }) => complaints.push(message));
      await use(complaints);
    },
  },
);

/** The one button of exactly this name. */
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** The words of what has the focus. */
export const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.textContent ?? '');

/** From anywhere to the first step, by keys alone. */
export async function begin(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('menuitem', { name: 'Connections' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Connections', level: 1 })).toBeFocused();
  await button(page, 'Connect a carrier').press('Enter');
}

/** Writes the account with this token, and where the carrier is. */
export async function writeCredentials(
  page: Page,
  carrier: TwilioCarrier,
  token: string,
): Promise<void> {
  await page.getByLabel('Account SID').fill(carrier.account.sid);
  await page.getByLabel('Auth token', { exact: true }).fill(token);
  const address = page.getByLabel('API address');
  if (!(await address.isVisible())) await page.getByText('Advanced').click();
  await address.fill(carrier.url);
}

/** Connects both numbers, and has the carrier call us for them. */
export async function connect(page: Page, carrier: TwilioCarrier): Promise<void> {
  await begin(page);
  await page.getByRole('radio', { name: 'Twilio' }).check();
  await button(page, 'Continue').click();
  await writeCredentials(page, carrier, carrier.account.tokens[0] ?? '');
  await button(page, 'Test and continue').click();
  await expect(page.getByText('2 lines chosen')).toBeVisible();
  await button(page, 'Continue').click();
  await button(page, 'Connect').click();
  await expect(page.getByText('2 of 2 written')).toBeVisible();
}

/** A text that came in two days ago and that nobody was told of. */
export function oldText(carrier: TwilioCarrier, body: string): void {
  const createdAt = Date.now() - 2 * 86_400_000;
  const row: MessageRow = {
    sid: carrier.account.nextSid('SM'),
    from: customer,
    to: frontDesk,
    body,
    direction: 'inbound',
    media: [],
    service: null,
    statusCallback: null,
    createdAt,
    status: 'received',
    sentAt: createdAt,
    price: '-0.00750',
    segments: 1,
    error: null,
  };
  carrier.account.messages.push(row);
}
