import { type Browser, type Page } from '@playwright/test';

import { TwilioCarrier } from '#test/carriers/twilio-carrier.ts';
import { runCli } from '#test/fakes/run-cli.ts';

import { expect, openScreen, test as base } from './app-fixtures.ts';
import { frontDesk } from './connect-fixtures.ts';
import { RelayProcess, done } from './relay-process.ts';
import { TrunklineProcess, newDataFolder, removeDataFolder } from './trunkline-process.ts';

/** A relay with one account at a carrier, and two desktops that have joined it. */
export type TeamWorld = {
  readonly carrier: TwilioCarrier;
  readonly relay: RelayProcess;
  readonly kim: Page;
  readonly sam: Page;
};

type Fixtures = { readonly team: TeamWorld };

export const test = base.extend<Fixtures>({
  team: async ({ browser, colorScheme, bypassCSP }, use, info) => {
    info.skip(info.project.name === 'electron', 'skipped: starts the served host itself');
    await using ends = new AsyncDisposableStack();
    const carrier = ends.use(await TwilioCarrier.start());
    const relay = await startRelay(carrier, ends);
    const context = { colorScheme, bypassCSP, locale: 'en-US' };
    const kim = await openDesktop(browser, context, ends);
    const sam = await openDesktop(browser, context, ends);
    await join(kim, relay, 'Kim Park');
    await join(sam, relay, 'Sam');
    await use({ carrier, relay, kim, sam });
  },
});

/** A relay whose one account is with the carrier, which calls it. */
async function startRelay(
  carrier: TwilioCarrier,
  ends: AsyncDisposableStack,
): Promise<RelayProcess> {
  const folder = newDataFolder();
  ends.defer(() => removeDataFolder(folder));
  const account = {
    label: 'Team line',
    credentials: { accountSid: carrier.account.sid, authToken: carrier.account.tokens[0] },
    baseUrl: carrier.url,
    numbers: [{ number: frontDesk, label: 'Front desk' }],
  };
  const words = ['connect', 'twilio', '--data', folder, '--from', '-'];
  const { hooks } = JSON.parse(done(runCli(words, JSON.stringify(account)))) as {
    hooks: { purpose: string; url: string }[];
  };
  const relay = await RelayProcess.start(folder);
  ends.defer(() => relay.stop());
  const path = hooks.find(({ purpose }) => purpose === 'messages')?.url ?? '';
  carrier.account.addNumber(frontDesk, { smsUrl: relay.url + path });
  return relay;
}

type Context = Parameters<Browser['newContext']>[0];

/** A desktop of its own, on an empty folder, in a window of its own. */
async function openDesktop(
  browser: Browser,
  options: Context,
  ends: AsyncDisposableStack,
): Promise<Page> {
  const folder = newDataFolder();
  ends.defer(() => removeDataFolder(folder));
  const app = await TrunklineProcess.start(folder, ['--sandbox-speed', '10']);
  ends.defer(async () => void (await app.stop()));
  const context = await browser.newContext(options);
  ends.defer(() => context.close());
  const page = await context.newPage();
  await openScreen(page, app);
  return page;
}

/** Opens the page of the team by keys alone. */
export async function openTeam(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('menuitem', { name: 'Team' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeVisible();
}

/** Joins by a fresh code. */
async function join(page: Page, relay: RelayProcess, name: string): Promise<void> {
  await openTeam(page);
  await expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeFocused();
  await page.getByLabel('Relay address').fill(relay.url);
  await page.getByLabel('Pairing code').fill(relay.pair());
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join the team' }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Team connected');
  await expect(page.getByRole('heading', { name: 'Team', level: 1 })).toBeFocused();
}
