import type { Page } from '@playwright/test';

import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

test.use({ bypassCSP: true });

const curly = 'It’s ready. Please call us back when you can, the office is open until six today.';
const flight = (page: Page) => page.locator('.flight');
const money = /\$(\d+\.\d+)/;

/** What axe finds in either theme. */
async function inBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await findings(page)));
  }
  return found;
}

/** The least that the line under the composer says it costs, in dollars. */
async function leastPrice(page: Page): Promise<number> {
  return Number(money.exec((await flight(page).textContent()) ?? '')?.[1]);
}

test('a curly quote shows its segments and price, and both fall with one key', async ({
  trunkline,
}) => {
  await trunkline.getByRole('button', { name: 'New message' }).click();
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await box.fill(curly);
  await expect(flight(trunkline)).toContainText('2 segments · UCS-2 because of ’ · $');
  await expect(trunkline.getByRole('button', { name: /^Fix \(1 segment, \$/ })).toBeVisible();
  const before = await leastPrice(trunkline);
  expect(await inBothThemes(trunkline)).toEqual([]);
  await box.press('Control+Shift+1');
  await expect(box).toHaveValue(curly.replace('’', "'"));
  await expect(flight(trunkline)).toContainText('1 segment · $');
  await expect(trunkline.getByRole('status', { name: 'Segments' })).toContainText('81/160 · 1');
  expect(await leastPrice(trunkline)).toBeLessThan(before);
  const prices = await trunkline.getByRole('option').allTextContents();
  expect(prices).toHaveLength(2);
  for (const words of prices) expect(words).toMatch(money);
});

test('rates of a connection are edited, hold at once, and go back to usual', async ({
  trunkline,
}) => {
  await trunkline.getByRole('button', { name: 'Sandbox' }).click();
  const section = trunkline.getByRole('region', { name: 'What texts cost' });
  await section.getByRole('button', { name: 'Edit rates' }).click();
  await section.getByRole('textbox', { name: 'The provider’s rate, per segment' }).fill('0.05');
  expect(await inBothThemes(trunkline)).toEqual([]);
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section).toContainText('Edited here');
  await expect(section).toContainText('$0.050');
  await section.getByRole('button', { name: 'Reset to usual' }).click();
  await expect(section).toContainText('Usual prices');
});

test('a difference that was planted in a record file is found and taken', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0101', 'Billed thrice');
  await expect(thread(trunkline)).toContainText('Delivered');
  await thread(trunkline).getByRole('button', { name: 'Details' }).click();
  const details = trunkline.getByRole('dialog', { name: 'Message details' });
  await expect(details).toContainText('Computed 1 segment · $');
  const id = await details.getByText('Carrier’s id').locator('+ dd').textContent();
  await trunkline.keyboard.press('Escape');
  await trunkline.getByRole('button', { name: /^Today \d+ segment/ }).click();
  await expect(trunkline.getByText('No message was billed for more')).toBeVisible();
  await trunkline.getByLabel('Record file').setInputFiles({
    name: 'november.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Message SID,Segments,Price\n${id},3,0.0249\nnobody,1,0.0083\n`),
  });
  await expect(trunkline.getByText('november.csv: 1 row would be taken')).toBeVisible();
  await trunkline.getByRole('button', { name: 'Take 1 row' }).click();
  await expect(
    trunkline.getByText('1 message was billed for 2 segments more than it has, $0.017 too much.'),
  ).toBeVisible();
  await expect(trunkline.getByRole('group', { name: 'Differences' })).toContainText(id ?? '?');
  expect(await inBothThemes(trunkline)).toEqual([]);
  const saved = trunkline.waitForEvent('download');
  await trunkline.getByRole('button', { name: 'Export differences' }).click();
  expect((await saved).suggestedFilename()).toBe('billing-differences.csv');
});
