import type { Page } from '@playwright/test';

import { expect, openScreen, test as base, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';
import { TrunklineProcess } from './trunkline-process.ts';

/** The next time it is ten in the evening by UTC plus twelve: two or three in the morning in Seattle. */
function nightInSeattle(): number {
  const tenUtc = new Date().setUTCHours(10, 0, 0, 0);
  return tenUtc < Date.now() ? tenUtc + 86_400_000 : tenUtc;
}

/** The served screen of a program whose clock stands in the night of Seattle. */
const test = base.extend<{ readonly night: Page }>({
  night: async ({ dataFolder, page }, use, info) => {
    info.skip(info.project.name === 'electron', 'its clock cannot be set from here');
    const flags = ['--sandbox-speed', '10'];
    const app = await TrunklineProcess.start(dataFolder, flags, nightInSeattle());
    await openScreen(page, app);
    await use(page);
    await app.stop();
  },
});

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

const seattle = '+1 206 555 0101';
const before = (page: Page) => page.getByRole('status', { name: 'Before sending' });
const conversations = (page: Page) => page.getByRole('list', { name: 'Conversations' });
const waiting = 'Waiting until 8:00 AM their time: quiet hours';

/** Sets a rule of the first line on the page of its connection. */
async function setRule(page: Page, rule: string, choice: string): Promise<void> {
  await page.getByRole('contentinfo').getByRole('button', { name: 'Sandbox' }).click();
  await page.getByRole('button', { name: 'Rules of the line Support' }).click();
  const form = page.getByRole('form', { name: 'Rules of Support' });
  await form.getByLabel(rule).selectOption({ label: choice });
  expect(await findings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(form).toHaveCount(0);
}

const holdNight = (page: Page): Promise<void> =>
  setRule(page, 'New texts at night', 'Wait, and an agent may send anyway');

test('a text begun in the night says so before it is sent, waits with its reason, and is cancelled', async ({
  night,
}) => {
  await holdNight(night);
  await night.getByRole('button', { name: 'New message' }).click();
  await night.getByRole('textbox', { name: 'To' }).fill(seattle);
  await night.getByRole('textbox', { name: 'Message' }).fill('Your order is ready');
  await expect(before(night)).toContainText(
    /It is [23]:\d\d AM for them, presumed from area code 206 \(WA\)\. Send keeps it here until 8:00 AM their time\./,
  );
  expect(await findings(night)).toEqual([]);
  await night.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(thread(night).getByText(waiting)).toBeVisible();
  await expect(conversations(night)).toContainText('waiting until 8:00 AM their time: quiet hours');
  expect(await findings(night)).toEqual([]);

  const cancel = thread(night).getByRole('button', { name: 'Cancel this text' });
  await cancel.focus();
  await cancel.press('Enter');
  await expect(thread(night).getByText('Cancelled', { exact: true })).toBeVisible();
  await expect(night.getByRole('textbox', { name: 'Message' })).toHaveValue('Your order is ready');
});

test('a text that waits for the day is sent anyway after a question, and the details say so', async ({
  night,
}) => {
  await holdNight(night);
  await writeTo(night, seattle, 'Your order is ready');
  await expect(thread(night).getByText(waiting)).toBeVisible();
  await thread(night).getByRole('button', { name: 'Send anyway' }).click();
  const question = night.getByRole('alertdialog', { name: 'Send it now?' });
  await expect(question).toContainText('is kept with the text');
  await question.getByRole('button', { name: 'Send anyway' }).click();
  await expect(thread(night).getByText('Delivered')).toBeVisible();
  await thread(night).getByRole('button', { name: 'Details' }).click();
  await expect(night.getByRole('dialog', { name: 'Message details' })).toContainText(
    'Sent all the same by a person’s decision. It is',
  );
});

test('a refused link leaves with a reason, which the details keep', async ({ trunkline }) => {
  await setRule(trunkline, 'Risky content', 'Refuse, unless a reason is given');
  await trunkline.getByRole('button', { name: 'New message' }).click();
  await trunkline.getByRole('textbox', { name: 'To' }).fill('+1 555 010 0101');
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await box.fill('See https://bit.ly/x');
  await expect(before(trunkline)).toContainText('shorteners such as bit.ly');
  await expect(trunkline.locator('#why-not-send')).toHaveText(/^Change the wording, or say why/);
  await box.press('Enter');
  await expect(box).toHaveValue('See https://bit.ly/x');
  expect(await findings(trunkline)).toEqual([]);
  await trunkline.getByLabel('Why it may be sent all the same').fill('A test of our own link');
  await trunkline.getByRole('button', { name: 'Allow this text' }).click();
  await expect(trunkline.locator('#why-not-send')).toHaveText('');
  await box.press('Enter');
  await expect(thread(trunkline).getByText('Delivered')).toBeVisible();
  await thread(trunkline).getByRole('button', { name: 'Details' }).click();
  await expect(trunkline.getByRole('dialog', { name: 'Message details' })).toContainText(
    'Reason given: “A test of our own link”.',
  );
});
