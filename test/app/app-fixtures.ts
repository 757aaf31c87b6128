import { type Page, expect, test as base } from '@playwright/test';

import { findElectron } from '#main/launch/find-electron.ts';

import { TrunklineProcess, newDataFolder } from './trunkline-process.ts';

type Fixtures = {
  /** A running Trunkline on an empty data folder, its sandbox ten times as fast as life. */
  readonly app: TrunklineProcess;
  /** Its screen, open and connected. */
  readonly screen: Page;
};

export const test = base.extend<Fixtures>({
  app: async ({}, use, info) => {
    const electron = findElectron();
    test.skip(info.project.name === 'electron' && !electron.found, 'skipped: no Electron binary');
    const app = await TrunklineProcess.start(newDataFolder(), ['--sandbox-speed', '10']);
    await use(app);
    await app.stop();
    app.removeData();
  },
  screen: async ({ app, page }, use) => {
    await openScreen(page, app);
    await use(page);
  },
});

/** Opens the printed address and waits until the screen is connected. */
export async function openScreen(page: Page, app: TrunklineProcess): Promise<void> {
  await page.goto(app.url);
  await expect(page.getByRole('list', { name: 'Conversations' })).toBeVisible();
}

/** Writes to a number that may be new, through the new-message screen. */
export async function writeTo(page: Page, to: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(to);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** What the open thread says, as one text. */
export const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });

export { expect };
