import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

test('a text is kept for later, shown with its time, and sent now', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0101', 'Hello');
  await expect(thread(trunkline)).toContainText('Delivered');
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await box.fill('See you soon');
  await box.press('Control+Shift+Enter');
  const when = trunkline.getByRole('textbox', { name: 'When' });
  await when.fill('in 2 hours');
  await expect(trunkline.getByText(/^Sends (today|tomorrow) \d/u)).toBeVisible();
  expect(await findings(trunkline)).toEqual([]);
  await when.press('Enter');
  await expect(thread(trunkline)).toContainText('Scheduled for');
  await expect(box).toHaveValue('');
  await expect(trunkline.getByRole('list', { name: 'Conversations' })).toContainText(
    'scheduled for',
  );
  expect(await findings(trunkline)).toEqual([]);
  await trunkline.getByRole('button', { name: 'Text now' }).click();
  await expect(thread(trunkline)).not.toContainText('Scheduled for');
  await expect(thread(trunkline).getByText('Delivered')).toHaveCount(2);
});

test('a text for later goes back to the composer when they write first', async ({ trunkline }) => {
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await writeTo(trunkline, '+1 555 010 0100', 'A question');
  await expect(thread(trunkline).getByText('A question')).toHaveCount(2);
  await box.fill('My second thought');
  await trunkline.getByRole('button', { name: 'Later' }).click();
  await trunkline.getByRole('textbox', { name: 'When' }).fill('tomorrow 8am my time');
  await trunkline.getByRole('button', { name: 'Schedule' }).click();
  await expect(thread(trunkline)).toContainText('Scheduled for');
  await box.fill('One more question');
  await trunkline.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(thread(trunkline)).toContainText('They wrote first, so it was taken back.');
  await expect(box).toHaveValue('My second thought');
});
