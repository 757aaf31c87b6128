import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

import { expect, test, thread, writeTo } from './app-fixtures.ts';

/* axe has to be put into the page, which the page's own policy forbids to everybody. */
test.use({ bypassCSP: true });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is now, in words. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
}

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
