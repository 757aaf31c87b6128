import type { Page } from '@playwright/test';

import { expect, thread } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';
import { customer, frontDesk } from './connect-fixtures.ts';
import { openTeam, test } from './team-fixtures.ts';

const contact = '(555) 010-0777';
const row = (page: Page) => page.getByRole('listitem', { name: contact });

/** Writes to the customer from the team's line. */
async function writeFrom(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(customer);
  const line = page.getByRole('combobox', { name: 'From' });
  await line.selectOption({ label: 'Front desk · (555) 010-0001' });
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function open(page: Page): Promise<void> {
  await row(page).getByRole('button', { name: contact }).click();
}

test('two desktops see one another’s texts with their author, and what the customer answers', async ({
  team: { carrier, kim, sam },
}) => {
  await writeFrom(kim, 'Your parcel is here');
  await expect(row(sam)).toContainText('Kim Park: Your parcel is here');
  await open(sam);
  const text = thread(sam).getByRole('article', { name: /^Kim Park, .*Your parcel is here/u });
  await expect(text).toContainText('Sent by Kim Park');
  await expect(
    thread(kim).getByRole('article', { name: /^You, .*Your parcel is here/u }),
  ).not.toContainText('Sent by');

  await carrier.tell(carrier.account.messages[0]?.sid ?? '', [{ status: 'delivered' }]);
  await expect(text).toContainText('Delivered');
  await expect(thread(kim)).toContainText('Delivered');
  expect(carrier.account.messages).toHaveLength(1);

  await carrier.receive({ from: customer, to: frontDesk, body: 'I come at five' });
  await expect(thread(kim)).toContainText('I come at five');
  await expect(thread(sam)).toContainText('I come at five');
});

test('a note is seen by both and sent to nobody', async ({ team: { carrier, kim, sam } }) => {
  await carrier.receive({ from: customer, to: frontDesk, body: 'Is it there?' });
  await open(kim);
  await kim.keyboard.press('Alt+P');
  await expect(kim.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await kim.keyboard.type('Ask for the order number first');
  await kim.keyboard.press('Enter');
  await expect(thread(kim).getByRole('article', { name: /^Note by you/u })).toBeVisible();
  await expect(row(sam)).toContainText('Note: Ask for the order number first');
  await open(sam);
  await expect(thread(sam).getByRole('article', { name: /^Note by Kim Park/u })).toContainText(
    'Ask for the order number first',
  );
  await kim.keyboard.press('Alt+L');
  await expect(kim.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  expect(carrier.account.messages.map(({ direction }) => direction)).toEqual(['inbound']);
});

test('what one has read the other need not read, and whose it is both see', async ({
  team: { carrier, kim, sam },
}) => {
  await carrier.receive({ from: customer, to: frontDesk, body: 'Hello?' });
  await expect(row(kim)).toContainText('1 unread');
  await expect(row(sam)).toContainText('1 unread');
  await open(kim);
  await expect(row(sam)).not.toContainText('unread');

  await kim.getByRole('button', { name: 'Assign' }).click();
  await kim.getByRole('menuitemradio', { name: 'Sam' }).click();
  await expect(kim.getByRole('button', { name: 'Assigned to Sam' })).toBeVisible();
  await expect(row(sam)).toContainText('assigned to Sam');
  await kim.getByRole('button', { name: 'Done' }).click();
  await expect(row(sam)).toBeHidden();
});

test('the account is the relay’s to change, and the team’s page says who is there', async ({
  team: { kim, relay },
}) => {
  await kim.getByRole('contentinfo').getByRole('button', { name: 'Team line' }).click();
  await expect(kim.getByText('Shared by the team relay.')).toBeVisible();
  await expect(kim.getByRole('button', { name: 'Remove…' })).toBeHidden();
  await kim.getByRole('contentinfo').getByRole('button', { name: 'Team connected' }).click();
  await expect(kim.getByRole('list', { name: 'Members' }).getByRole('listitem')).toContainText([
    /Kim Park.*you, here.*Online/u,
    /Sam.*Online/u,
  ]);
  await relay.stop();
  await expect(kim.getByRole('contentinfo')).toContainText('Team relay not reached');
});

test('a desktop that was taken off the list says so, and leaves with its conversations', async ({
  team: { carrier, relay, kim, sam },
}) => {
  await carrier.receive({ from: customer, to: frontDesk, body: 'Remember me' });
  await expect(row(kim)).toBeVisible();
  relay.revoke('Kim Park');
  await expect(kim.getByRole('contentinfo')).toContainText('Team not connected');
  await openTeam(kim);
  await expect(kim.getByRole('region', { name: 'How it stands' })).toContainText('Stopped');
  await kim.getByRole('button', { name: 'Leave team…' }).click();
  await kim.getByRole('button', { name: 'Leave team', exact: true }).click();
  await expect(kim.getByRole('form', { name: 'Join a team' })).toBeVisible();
  await expect(kim.getByRole('heading', { name: 'Team', level: 1 })).toBeFocused();
  await open(kim);
  await expect(thread(kim)).toContainText('Remember me');
  await expect(sam.getByRole('contentinfo')).toContainText('Team connected');
});

test('what is wrong with joining is said beside the field that it is about', async ({
  team: { kim, relay },
}) => {
  await openTeam(kim);
  await kim.getByRole('button', { name: 'Leave team…' }).click();
  await kim.getByRole('button', { name: 'Leave team', exact: true }).click();
  await kim.getByLabel('Relay address').fill('http://127.0.0.1:9');
  await kim.getByLabel('Pairing code').fill('AAAA-AAAA-AAAA');
  await kim.getByLabel('Your name').fill('Kim');
  await kim.getByRole('button', { name: 'Join the team' }).click();
  await expect(kim.getByLabel('Relay address')).toHaveAttribute('aria-invalid', 'true');
  await expect(kim.getByLabel('Relay address')).toBeFocused();
  await kim.getByLabel('Relay address').fill(relay.url);
  await kim.getByRole('button', { name: 'Join the team' }).click();
  await expect(kim.getByLabel('Pairing code')).toHaveAttribute('aria-invalid', 'true');
  await expect(kim.getByLabel('Pairing code')).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    /* axe has to be put into the page, which the page's own policy forbids to everybody. */
    test.use({ colorScheme, bypassCSP: true });

    test('the team’s screens have nothing for axe to find', async ({ team: { kim, carrier } }) => {
      const look = async (): Promise<void> => expect(await findings(kim)).toEqual([]);
      await look();
      await carrier.receive({ from: customer, to: frontDesk, body: 'Hello' });
      await open(kim);
      await kim.keyboard.press('Alt+P');
      await look();
      await kim.keyboard.type('A note');
      await kim.keyboard.press('Enter');
      await expect(thread(kim).getByRole('article', { name: /^Note by you/u })).toBeVisible();
      await kim.getByRole('button', { name: 'Assign' }).click();
      expect(await findings(kim, '[role=menu]')).toEqual([]);
      await kim.getByRole('menuitemradio', { name: /^Me/u }).click();
      await look();
      await kim.getByRole('contentinfo').getByRole('button', { name: 'Team line' }).click();
      await expect(kim.getByText('Shared by the team relay.')).toBeVisible();
      await look();
      await openTeam(kim);
      await kim.getByRole('button', { name: 'Leave team…' }).click();
      expect(await findings(kim, '[role=alertdialog]')).toEqual([]);
      await kim.getByRole('button', { name: 'Leave team', exact: true }).click();
      await kim.getByRole('button', { name: 'Join the team' }).click();
      await look();
    });
  });
}
