import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

const people = [
  'number,first_name',
  '+1 555 010 0101,Ann',
  '+1 555 020 0201,Bob',
  '+1 555 020 0202,Zoë',
  '+1 555 020 0203,',
  'nobody,Eve',
  '+15550100101,Ann again',
].join('\n');

test('a broadcast is tried, started, and told of for each person', async ({ trunkline }) => {
  await trunkline.getByRole('button', { name: 'Settings' }).click();
  await trunkline.getByRole('menuitem', { name: 'Broadcasts' }).click();
  await trunkline.getByRole('button', { name: 'New broadcast' }).click();
  await trunkline.getByRole('textbox', { name: 'Name' }).fill('Spring news');
  await trunkline
    .getByRole('textbox', { name: 'Text' })
    .fill('Hi {first_name|there}, we open at 9.');
  await trunkline.getByRole('textbox', { name: 'People' }).fill(people);
  await expect(
    trunkline.getByText('4 people · 1 line left out · 1 number came twice'),
  ).toBeVisible();
  await trunkline.getByRole('button', { name: 'Dry run' }).click();
  const dryRun = trunkline.getByRole('region', { name: 'Dry run' });
  await expect(dryRun).toContainText('4 texts leave at once');
  expect(await findings(trunkline)).toEqual([]);
  await dryRun.getByRole('button', { name: 'Send to 4 people' }).click();
  await trunkline
    .getByRole('alertdialog')
    .getByRole('button', { name: 'Send', exact: true })
    .click();
  const card = trunkline.getByRole('article', { name: 'Spring news' });
  await expect(card.getByRole('button', { name: 'Undo' })).toBeVisible();
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByRole('status')).toHaveText('Paused');
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(card.getByRole('status')).toHaveText('Finished', { timeout: 30_000 });
  await card.getByRole('button', { name: 'Show people' }).click();
  await expect(card.getByRole('region', { name: 'Outcomes' }).getByRole('listitem')).toHaveCount(4);
  await expect(card.getByText('Delivered').nth(4)).toBeVisible();
  expect(await findings(trunkline)).toEqual([]);
  await card.getByRole('button', { name: '(555) 020-0203' }).click();
  await expect(thread(trunkline)).toContainText('Hi there, we open at 9.');
});

test('a template is made, inserted by a slash, filled in and deleted with a way back', async ({
  trunkline,
}) => {
  await trunkline.getByRole('button', { name: 'Settings' }).click();
  await trunkline.getByRole('menuitem', { name: 'Templates' }).click();
  await trunkline.getByRole('button', { name: 'New template' }).click();
  await trunkline.getByRole('textbox', { name: 'Name' }).fill('Greeting');
  await trunkline.getByRole('textbox', { name: 'Text' }).fill('Hi {first_name}, how can we help?');
  await trunkline.getByRole('button', { name: 'Save' }).click();
  await expect(trunkline.getByText('segment at most', { exact: false })).toBeVisible();
  expect(await findings(trunkline)).toEqual([]);
  await trunkline.getByRole('button', { name: 'Delete Greeting' }).click();
  await trunkline.getByRole('button', { name: 'Undo' }).click();
  await expect(trunkline.getByRole('button', { name: 'Edit Greeting' })).toBeVisible();
  await writeTo(trunkline, '+1 555 010 0101', 'Hello');
  await expect(thread(trunkline)).toContainText('Delivered');
  const box = trunkline.getByRole('textbox', { name: 'Message' });
  await box.pressSequentially('/gre');
  await expect(trunkline.getByRole('option', { name: 'Greeting' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  expect(await findings(trunkline)).toEqual([]);
  await box.press('Enter');
  await expect(box).toHaveValue('Hi {first_name}, how can we help?');
  await expect(trunkline.getByText('Fill in {first_name} first')).toBeVisible();
  await box.pressSequentially('Ann');
  await box.press('Enter');
  await expect(thread(trunkline)).toContainText('Hi Ann, how can we help?');
});
