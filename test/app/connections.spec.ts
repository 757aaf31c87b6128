import { expect, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';
import {
  begin,
  button,
  connect,
  customer,
  focused,
  frontDesk,
  oldText,
  test,
  writeCredentials,
} from './connect-fixtures.ts';

test('a carrier is connected step by step, texted through and heard from', async ({
  complaints,
  trunkline,
  carrier,
}) => {
  await connect(trunkline, carrier);
  await button(trunkline, 'New message').click();
  await trunkline.getByRole('textbox', { name: 'To' }).fill('555 010 0777');
  await trunkline.getByRole('combobox', { name: 'From' }).selectOption({
    label: 'Front desk · (555) 010-0001',
  });
  await trunkline.getByRole('textbox', { name: 'Message' }).fill('Your parcel is here');
  await button(trunkline, 'Send').click();
  await expect(thread(trunkline)).toContainText('Sent');
  const [sent] = carrier.account.messages;
  expect(sent).toMatchObject({ from: frontDesk, to: customer, body: 'Your parcel is here' });
  await carrier.tell(sent?.sid ?? '', [{ status: 'delivered' }]);
  await expect(thread(trunkline)).toContainText('Delivered');

  await carrier.receive({ from: customer, to: frontDesk, body: 'I come at five' });
  await expect(thread(trunkline)).toContainText('I come at five');
  expect(carrier.hookCalls.map(({ status }) => status)).toEqual([200, 200]);

  await trunkline.getByRole('contentinfo').getByRole('button', { name: 'Twilio' }).click();
  await expect(trunkline.getByRole('region', { name: 'How it fares' })).toContainText(
    /Webhook.*Last inboundjust now.*Last receiptjust now/u,
  );
  expect(complaints).toEqual([]);
});

test('wrong credentials are said with the reason, and nothing typed is lost', async ({
  trunkline,
  carrier,
}) => {
  await begin(trunkline);
  await expect.poll(() => focused(trunkline)).toContain('Step 1 of 5');
  await trunkline.getByRole('radio', { name: 'Twilio' }).check();
  await trunkline.keyboard.press('Enter');
  await expect.poll(() => focused(trunkline)).toContain('Step 2 of 5');
  await writeCredentials(trunkline, carrier, 'this-is-not-the-token');
  await trunkline.keyboard.press('Enter');
  const alert = trunkline.getByRole('alert');
  await expect(alert).toContainText('The carrier refused the account credentials.');
  await alert.getByText('What the carrier said').click();
  await expect(alert).toContainText('20003');
  await expect(trunkline.getByLabel('Account SID')).toHaveValue(carrier.account.sid);
  await trunkline.getByLabel('Auth token', { exact: true }).fill(carrier.account.tokens[0] ?? '');
  await trunkline.keyboard.press('Enter');
  await expect.poll(() => focused(trunkline)).toContain('Step 3 of 5');
});

test('a number is bought after its price was confirmed, and is a line', async ({
  trunkline,
  carrier,
}) => {
  await connect(trunkline, carrier);
  await button(trunkline, 'Open Twilio').click();
  await button(trunkline, 'All its numbers').click();
  await trunkline.getByLabel('Area code').fill('206');
  await button(trunkline, 'Find numbers').click();
  await button(trunkline, 'Buy (206) 555-0130…').click();
  const dialog = trunkline.getByRole('alertdialog', { name: 'Buy (206) 555-0130?' });
  await expect(dialog).toContainText('costs $1.15 a month');
  expect(carrier.account.numbers).toHaveLength(2);
  await button(trunkline, 'Buy for $1.15 a month').click();
  await expect(dialog).toBeHidden();
  await expect(trunkline.getByRole('list', { name: 'Lines', exact: true })).toContainText(
    '(206) 555-0130',
  );
  expect(carrier.account.numbers.at(-1)?.number).toBe('+12065550130');
});

test('history is brought in from the carrier’s list, once', async ({ trunkline, carrier }) => {
  await connect(trunkline, carrier);
  for (const body of ['First', 'Second', 'Third']) oldText(carrier, body);
  await button(trunkline, 'Open Twilio').click();
  await button(trunkline, 'Bring in').click();
  await expect(trunkline.getByText('Brought in: 3 texts, 0 calls')).toBeVisible();
  await button(trunkline, 'Bring in').click();
  await expect(trunkline.getByText('Nothing was missing: 3 rows read, all known.')).toBeVisible();
  await trunkline.getByRole('listitem', { name: '(555) 010-0777' }).click();
  await expect(thread(trunkline).getByRole('article')).toHaveCount(3);
});

test('a removed connection takes its numbers out of use and leaves the conversations', async ({
  trunkline,
  carrier,
}) => {
  await connect(trunkline, carrier);
  await carrier.receive({ from: customer, to: frontDesk, body: 'Remember me' });
  await button(trunkline, 'Open Twilio').click();
  await button(trunkline, 'Remove…').click();
  await button(trunkline, 'Remove').click();
  await expect(trunkline.getByRole('list', { name: 'Accounts' })).not.toContainText('Twilio');
  await trunkline.getByRole('listitem', { name: '(555) 010-0777' }).click();
  await expect(thread(trunkline)).toContainText('Remember me');
});

test('the sandbox is still there beside it', async ({ trunkline, carrier }) => {
  await connect(trunkline, carrier);
  await writeTo(trunkline, '+1 555 010 0101', 'Hello sandbox');
  await expect(thread(trunkline)).toContainText('Delivered');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    /* axe has to be put into the page, which the page's own policy forbids to everybody. */
    test.use({ colorScheme, bypassCSP: true });

    test('the steps and pages have nothing for axe to find', async ({ trunkline, carrier }) => {
      const look = async (): Promise<void> => expect(await findings(trunkline)).toEqual([]);
      await begin(trunkline);
      await trunkline.getByRole('radio', { name: 'Twilio' }).check();
      await look();
      await button(trunkline, 'Continue').click();
      await writeCredentials(trunkline, carrier, 'this-is-not-the-token');
      await button(trunkline, 'Test and continue').click();
      await expect(trunkline.getByRole('alert')).toBeVisible();
      await look();
      await trunkline
        .getByLabel('Auth token', { exact: true })
        .fill(carrier.account.tokens[0] ?? '');
      await button(trunkline, 'Test and continue').click();
      await expect(trunkline.getByText('2 lines chosen')).toBeVisible();
      await trunkline.getByText('Write a number by hand').click();
      await trunkline.getByLabel('Number', { exact: true }).fill('12');
      await look();
      await button(trunkline, 'Continue').click();
      await look();
      await button(trunkline, 'Connect').click();
      await expect(trunkline.getByText('2 of 2 written')).toBeVisible();
      await look();
      await button(trunkline, 'Open Twilio').click();
      await button(trunkline, 'New credentials').click();
      await button(trunkline, 'Change the line Front desk').click();
      await button(trunkline, 'Bring in').click();
      await expect(trunkline.getByText(/^Nothing was missing/)).toBeVisible();
      await look();
      await button(trunkline, 'All its numbers').click();
      await button(trunkline, 'Find numbers').click();
      await expect(trunkline.getByText('1 number for sale')).toBeVisible();
      await look();
      await button(trunkline, 'Buy (206) 555-0130…').click();
      // What lies under the dialog is hidden from everybody while it is open.
      expect(await findings(trunkline, '[role=alertdialog]')).toEqual([]);
    });
  });
}
