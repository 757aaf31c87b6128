import { expect, openScreen, test, thread, writeTo } from './app-fixtures.ts';
import { TrunklineProcess } from './trunkline-process.ts';

/* These start and stop the program themselves, which is the served host's part. */
test.beforeEach(({}, info) => {
  test.skip(info.project.name === 'electron', 'skipped: starts the served host itself');
});

test('after quitting and starting again everything is still there, the draft too', async ({
  page,
  dataFolder,
}) => {
  const first = await TrunklineProcess.start(dataFolder, ['--sandbox-speed', '10']);
  await openScreen(page, first);
  await writeTo(page, '+1 555 010 0100', 'Remember me');
  await expect(thread(page).getByRole('article')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await expect(page.getByRole('list', { name: 'Conversations' })).toContainText(
    'Draft: Half a thought',
  );
  expect(await first.stop()).toBe(0);

  const second = await TrunklineProcess.start(dataFolder, ['--sandbox-speed', '10']);
  await openScreen(page, second);
  await page.getByRole('listitem', { name: '(555) 010-0100' }).click();
  await expect(thread(page).getByRole('article')).toHaveCount(2);
  await expect(thread(page)).toContainText('Delivered');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a thought');
  await second.stop();
});

test('a kill while a text is on its way leaves it visible, looked for and never doubled', async ({
  page,
  dataFolder,
}) => {
  const first = await TrunklineProcess.start(dataFolder);
  await openScreen(page, first);
  await writeTo(page, '+1 555 010 0108', 'Taken or not?');
  await expect(thread(page)).toContainText('Sending');
  await first.kill();

  const second = await TrunklineProcess.start(dataFolder, ['--sandbox-speed', '10']);
  await openScreen(page, second);
  await page.getByRole('listitem', { name: '(555) 010-0108' }).click();
  await expect(thread(page)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(page).getByRole('article')).toHaveCount(1);
  await second.stop();
});

test('the screen says that it is reconnecting when the program has gone', async ({
  page,
  dataFolder,
}) => {
  const first = await TrunklineProcess.start(dataFolder, ['--sandbox-speed', '10']);
  await openScreen(page, first);
  await first.stop();
  await expect(page.getByText(/Reconnecting/).first()).toBeVisible();
});

test('a second start on the same data folder says so and ends', async ({ dataFolder }) => {
  const first = await TrunklineProcess.start(dataFolder);
  await expect(TrunklineProcess.start(dataFolder)).rejects.toThrow(/already running/);
  await first.stop();
});
