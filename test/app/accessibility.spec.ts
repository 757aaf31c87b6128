import { expect, test, thread, writeTo } from './app-fixtures.ts';
import { findings } from './axe-findings.ts';

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('the empty screen, a new message and a thread have nothing for axe to find', async ({
      trunkline,
    }) => {
      expect(await findings(trunkline)).toEqual([]);
      await trunkline.getByRole('button', { name: 'New message' }).click();
      await trunkline.getByRole('textbox', { name: 'To' }).fill('12');
      await trunkline.getByRole('textbox', { name: 'Message' }).fill('It’s a “curly” text');
      expect(await findings(trunkline)).toEqual([]);
      await writeTo(trunkline, '+1 555 010 0109', 'A picture, please');
      await expect(thread(trunkline).getByRole('img').first()).toBeVisible();
      await writeTo(trunkline, '+1 555 010 0104', 'A failure, please');
      await expect(thread(trunkline)).toContainText('landline');
      expect(await findings(trunkline)).toEqual([]);
    });
  });
}
