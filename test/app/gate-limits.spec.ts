import type { Page } from '@playwright/test';

import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

const conversations = (page: Page) => page.getByRole('list', { name: 'Conversations' });
const connection = (page: Page) =>
  page.getByRole('contentinfo').getByRole('button', { name: 'Sandbox' });

/** Says how far the first line is registered, by the keyboard. */
async function register(page: Page, state: string, campaign?: string): Promise<void> {
  await connection(page).press('Enter');
  await page.getByRole('button', { name: 'Registration of the line Support' }).press('Enter');
  const form = page.getByRole('form', { name: 'Registration of Support' });
  await form.getByLabel('State').selectOption({ label: state });
  if (campaign !== undefined) await form.getByLabel('Campaign').selectOption({ label: campaign });
  expect(await findings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(form).toHaveCount(0);
}

async function openConnections(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
}

/** Enters the smallest of brands, nearly all of whose day is kept for replies, with a campaign that has room every minute. */
async function addBrand(page: Page): Promise<void> {
  await openConnections(page);
  await page.getByRole('button', { name: 'Add a brand' }).click();
  const brand = page.getByRole('form', { name: 'New brand' });
  await brand.getByLabel('Brand id').fill('BSOLO');
  await brand.getByLabel('Name of the brand').fill('Solo');
  await brand.getByLabel('Kind').selectOption({ label: 'Sole proprietor' });
  await brand.getByLabel('Percent of the day kept for replies').fill('90');
  await brand.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Add a campaign: Solo' }).click();
  const campaign = page.getByRole('form', { name: 'New campaign of Solo' });
  await campaign.getByLabel('Campaign id').fill('CSOLO');
  await campaign.getByLabel('AT&T class').selectOption({ label: 'Class A' });
  await campaign.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('CSOLO')).toBeVisible();
}

test('a line that is not registered says so before a text is sent, and keeps it', async ({
  trunkline,
}) => {
  await register(trunkline, 'In no campaign');
  await trunkline.getByRole('button', { name: 'New message' }).click();
  await trunkline.getByRole('textbox', { name: 'To' }).fill('+1 555 010 0101');
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await box.fill('Hello');
  const why = trunkline.locator('#why-not-send');
  await expect(why).toContainText('This number is in no registered campaign');
  expect(await findings(trunkline)).toEqual([]);
  await box.press('Enter');
  await expect(box).toHaveValue('Hello');
  await register(trunkline, 'Registered');
  await writeTo(trunkline, '+1 555 010 0101', 'Hello');
  await expect(thread(trunkline)).toContainText('Delivered');
});

test('what is beyond the day of the brand waits for the next, and says until when', async ({
  trunkline,
}) => {
  test.slow();
  await addBrand(trunkline);
  await register(trunkline, 'Registered', 'CSOLO');
  const long = 'A long text about the opening hours of every shop. '.repeat(30).trim();
  for (let nth = 0; nth < 10; nth += 1) {
    await writeTo(trunkline, `+1 555 020 020${nth}`, long);
    await expect(conversations(trunkline)).toContainText(`(555) 020-020${nth}`);
    await expect(thread(trunkline)).toContainText('Delivered', { timeout: 30_000 });
  }
  await writeTo(trunkline, '+1 555 020 0210', 'One more');
  await expect(thread(trunkline)).toContainText('the limit of the day', { timeout: 30_000 });
  await expect(conversations(trunkline)).toContainText('the limit of the day');
  expect(await findings(trunkline)).toEqual([]);
  await thread(trunkline).getByRole('button', { name: 'Cancel this text' }).press('Enter');
  await expect(thread(trunkline).getByText('Cancelled', { exact: true })).toBeVisible();
  await openConnections(trunkline);
  await expect(trunkline.getByRole('region', { name: 'Registration' })).toContainText(
    'T-Mobile today 100 of 1,000, resets 00:00 PT',
  );
});

test('a text of unknown outcome says so in conversation and list until the carrier lists it', async ({
  trunkline,
}) => {
  await writeTo(trunkline, '+1 555 010 0108', 'Did you take it?');
  await expect(thread(trunkline)).toContainText('Not confirmed', { timeout: 30_000 });
  await expect(conversations(trunkline)).toContainText(/not confirmed/iu);
  expect(await findings(trunkline)).toEqual([]);
  await expect(thread(trunkline)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(trunkline).getByRole('article')).toHaveCount(1);
});
