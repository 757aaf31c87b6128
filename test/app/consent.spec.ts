import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

test.use({ bypassCSP: true });

test('a STOP locks the conversation, is confirmed once, and only START opens it again', async ({
  trunkline,
}) => {
  await writeTo(trunkline, '+1 555 010 0110', 'Hello');
  await expect(thread(trunkline)).toContainText('Opted out by customer ("STOP").');
  await expect(thread(trunkline).getByText(/You are opted out/u)).toHaveCount(1);
  await expect(trunkline.getByRole('note', { name: 'Texting is locked' })).toContainText(
    /Opted out by customer, .*\("STOP"\)\. Texting is locked\. Calls still work\./u,
  );
  await trunkline.getByRole('textbox', { name: 'Message' }).fill('One more');
  await expect(trunkline.getByRole('button', { name: 'Send' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await trunkline.getByRole('button', { name: 'Consent: Opted out' }).press('Enter');
  const panel = trunkline.getByRole('dialog', { name: 'Consent' });
  await expect(panel.getByRole('list', { name: 'Events' })).toContainText('Opted out');
  await expect(panel.getByRole('button', { name: 'Undo the opt-out' })).toHaveCount(0);
  await panel.getByLabel('Consent as of').fill('2020-05-03');
  await expect(panel.getByRole('status')).toContainText(
    'No consent on file at the end of that day',
  );
  const saved = trunkline.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save proof (JSON)' }).click();
  expect((await saved).suggestedFilename()).toBe('consent-15550100110.json');
});

test('HELP is answered', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0114', 'Hello');
  await expect(thread(trunkline).getByText(/For help, reply here/u)).toHaveCount(1);
});

test('a refusal of the carrier for an opt-out locks the conversation', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0105', 'Hello');
  await expect(thread(trunkline)).toContainText('The carrier says that this person opted out.');
  await expect(trunkline.getByRole('note', { name: 'Texting is locked' })).toContainText(
    'Opted out at the carrier',
  );
});

test('an agent opts somebody out by the keyboard, and takes it back', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0101', 'Hello');
  await expect(thread(trunkline)).toContainText('Delivered');
  await expect(
    trunkline.getByRole('button', { name: 'Consent: No consent on file' }),
  ).toBeVisible();
  await trunkline.keyboard.press('Control+Shift+O');
  const ask = trunkline.getByRole('alertdialog', { name: /Opt out/u });
  await ask.getByLabel('Note').fill('Asked on the phone');
  await ask.getByRole('button', { name: 'Opt out' }).press('Enter');
  await expect(thread(trunkline)).toContainText('Opted out by an agent ("Asked on the phone").');
  const lock = trunkline.getByRole('note', { name: 'Texting is locked' });
  expect(await findings(trunkline)).toEqual([]);
  await lock.getByRole('button', { name: 'Undo' }).click();
  await expect(lock).toHaveCount(0);
  await trunkline.getByRole('button', { name: 'Consent: No consent on file' }).click();
  const panel = trunkline.getByRole('dialog', { name: 'Consent' });
  await panel.getByRole('button', { name: 'Record consent…' }).click();
  await panel.getByLabel('How they agreed').fill('At the counter');
  await panel.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(panel.getByRole('status')).toContainText('Consent: verbal');
});

test('a text that reads like an opt-out asks the agent with one key', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0100', 'please take me off your list');
  const bar = trunkline.getByRole('group', { name: 'Looks like an opt-out' });
  await expect(bar).toContainText('take me off your list');
  await trunkline.getByRole('log', { name: 'Messages' }).focus();
  await trunkline.keyboard.press('n');
  await expect(bar).toHaveCount(0);
  await expect(thread(trunkline)).toContainText('Said by an agent to be no opt-out.');
});
