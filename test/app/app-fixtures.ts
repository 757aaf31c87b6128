import { type Page, _electron, expect, test as base } from '@playwright/test';

import { findElectron } from '#main/launch/find-electron.ts';

import { TrunklineProcess, newDataFolder, removeDataFolder } from './trunkline-process.ts';

type Fixtures = {
  readonly dataFolder: string;
  /** Trunkline's trunkline, open and connected, on an empty data folder, its sandbox ten times as fast as life. */
  readonly trunkline: Page;
};

const flags = ['--sandbox-speed', '10'];

/** One set of specs for both screens; where Electron's program is not there, its half is skipped and says so. */
export const test = base.extend<Fixtures>({
  dataFolder: async ({}, use) => {
    const folder = newDataFolder();
    await use(folder);
    removeDataFolder(folder);
  },
  trunkline: async ({ dataFolder, page }, use, info) => {
    if (info.project.name === 'electron') {
      info.skip(findElectron().kind === 'missing', 'skipped: no Electron binary');
      await inWindow(dataFolder, use);
      return;
    }
    const app = await TrunklineProcess.start(dataFolder, flags);
    await openScreen(page, app);
    await use(page);
    await app.stop();
  },
});

async function inWindow(dataFolder: string, use: (page: Page) => Promise<void>): Promise<void> {
  const electron = findElectron();
  if (electron.kind === 'missing') throw new Error(electron.why);
  const args = [process.cwd(), '--', '--data', dataFolder, ...flags];
  const app = await _electron.launch({ executablePath: electron.program, args });
  const page = await app.firstWindow();
  await isOpen(page);
  await use(page);
  await app.close();
}

/** Opens the printed address and waits until the screen is connected. */
export async function openScreen(page: Page, app: TrunklineProcess): Promise<void> {
  await page.goto(app.url);
  await isOpen(page);
}

async function isOpen(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'New message' })).toBeVisible();
}

/** Writes to a number that may be new, through the new-message trunkline. */
export async function writeTo(page: Page, to: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(to);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** What the open thread shows. */
export const thread = (page: Page) => page.getByRole('log', { name: 'Messages' });

export { expect };
