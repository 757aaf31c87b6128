import { type Page } from '@playwright/test';

import { expect, test } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

const openSandbox = (page: Page): Promise<void> =>
  page.getByRole('contentinfo').getByRole('button', { name: 'Sandbox' }).click();

test('a line is checked by a text from another, and planned to be', async ({ trunkline }) => {
  await openSandbox(trunkline);
  const lines = trunkline.getByRole('list', { name: 'Lines of this connection' });
  await lines.getByRole('button', { name: 'Check the line Billing' }).click();
  const form = trunkline.getByRole('form', { name: 'Check of Billing' });
  await expect(form).toContainText('costs what a text of 1 segment costs');
  await expect(form.getByLabel('Text from')).toHaveValue(/\d+/);
  await form.getByRole('button', { name: 'Check now' }).press('Enter');
  await expect(lines).toContainText(/Last check: arrived by webhook after \d+\.\d s/);
  await expect(trunkline.getByRole('list', { name: 'Recent checks of Billing' })).toContainText(
    /Arrived by webhook after \d+\.\d s; taken by the carrier after/,
  );
  await form.getByLabel('Check by itself').check();
  await form.getByLabel('Hours between checks').fill('12');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(lines).toContainText('Checked every 12 hours');
  await expect(lines.getByText(/^Arrived by webhook/)).toHaveCount(2);
  expect(await findings(trunkline)).toEqual([]);

  await trunkline.reload();
  await openSandbox(trunkline);
  await expect(lines).toContainText(/Last check: arrived by webhook/);
  await expect(lines).toContainText('Checked every 12 hours');
});

test('a check is news to nobody, and stays to be seen in its conversation', async ({
  trunkline,
}) => {
  await openSandbox(trunkline);
  await trunkline.getByRole('button', { name: 'Check the line Billing' }).click();
  await trunkline.getByRole('button', { name: 'Check now' }).click();
  await expect(trunkline.getByText(/Last check: arrived/)).toBeVisible();
  const conversations = trunkline.getByRole('list', { name: 'Conversations' });
  await expect(conversations.getByText('Trunkline check')).toHaveCount(0);
  await trunkline.getByRole('searchbox', { name: 'Search' }).fill('Trunkline check');
  await expect(trunkline.getByText(/Trunkline check/).first()).toBeVisible();
});
