/**
 * Takes the pictures of the README from the built served host, on a temporary data folder and over the sandbox carrier. Run by
 * hand after a build: `npm run build && node test/app/take-pictures.ts`.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { type Locator, type Page, chromium, expect } from '@playwright/test';

import playwrightConfig from './playwright.config.ts';
import { TrunklineProcess, newDataFolder, removeDataFolder } from './trunkline-process.ts';

const pictures = path.join(import.meta.dirname, '../../docs/pictures');
const size = { width: 1_440, height: 860 };
const flags = ['--sandbox-speed', '3', '--sandbox-seed', '7'];
const mostBytes = 200_000;
const patience = 30_000;

type Writing = {
  readonly from?: 'Support' | 'Billing';
  /** What the number does stands in the README. */
  readonly to: string;
  readonly text: string;
  /** What the list shows of the conversation in the end. */
  readonly shows: string;
};

/** In the order in which they are written. */
const writings: readonly Writing[] = [
  { to: '(555) 201-0101', text: 'Your estimate is ready: $1,240 with the door.', shows: 'Your' },
  {
    to: '(555) 318-0104',
    from: 'Billing',
    text: 'Your car is ready for pickup until 6 pm.',
    shows: 'landline',
  },
  { to: '(555) 447-0110', text: 'Spring check for $59, this week only.', shows: 'STOP' },
  {
    to: '(555) 590-0102',
    text: 'The adjuster comes on Thursday at 9.',
    shows: 'handset unreachable',
  },
  { to: '(555) 264-0112', text: 'We tried to call you about the parts.', shows: 'Voicemail' },
  { to: '(555) 816-0106', text: 'The loaner car is waiting at the desk.', shows: 'The loaner' },
  { to: '(555) 233-0111', text: 'What has been repaired so far?', shows: 'Thank you for asking' },
  {
    to: '(555) 702-0100',
    from: 'Billing',
    text: 'Invoice 4417 is paid, thank you!',
    shows: 'You wrote',
  },
];
/** The one conversation that is opened again once its answer has come. */
const readAfterwards = '(555) 447-0110';

/** The conversation that stays open, and what is being written in it. */
const open = '(555) 348-0109';
const openTexts = [
  'Thanks for calling. Could you send us a photo of the damage?',
  'And one of the other side, please?',
] as const;
const note = 'Claim 88213: the adjuster is on site on Thursday, so order the part before.';
/** Its apostrophe came with a paste, and makes the text Unicode. */
const draft = 'Thank you, that’s all we need. We order the part today and call you on Monday.';

const conversations = (page: Page) => page.getByRole('list', { name: 'Conversations' });

async function write(
  page: Page,
  { from = 'Support', to, text }: Pick<Writing, 'from' | 'to' | 'text'>,
): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(to);
  const line = page.getByRole('combobox', { name: 'From' });
  const wanted = await line.locator('option', { hasText: from }).getAttribute('value');
  await line.selectOption(wanted);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Writes everything, leaving each conversation at once, so that the answers are unread. */
async function setTheScene(page: Page): Promise<void> {
  for (const each of writings) await write(page, each);
  await page.getByRole('button', { name: 'New message' }).click();
  for (const { to, shows } of writings)
    await expect(row(page, to)).toContainText(shows, { timeout: patience });
  await row(page, readAfterwards).click();
  await write(page, { to: open, text: openTexts[0] });
  await answered(page, 1);
  await page.getByRole('textbox', { name: 'Message' }).fill(openTexts[1]);
  await page.getByRole('button', { name: 'Send' }).click();
  await answered(page, 2);
  await addNote(page, note);
  await page.getByRole('textbox', { name: 'Message' }).fill(draft);
}

async function addNote(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Alt+P');
  await page.getByRole('textbox', { name: 'Note' }).fill(words);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByRole('log', { name: 'Messages' })).toContainText(words);
  await page.keyboard.press('Alt+L');
}

const row = (page: Page, to: string) =>
  conversations(page).getByRole('listitem').filter({ hasText: to });

/** Waits until so many pictures have come and can be seen. */
async function answered(page: Page, pictureCount: number): Promise<void> {
  const shown = page.getByRole('log', { name: 'Messages' }).getByRole('img');
  await expect(shown).toHaveCount(pictureCount, { timeout: patience });
  const widths = () =>
    shown.evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
  await expect.poll(async () => (await widths()).every((width) => width > 0)).toBe(true);
}

/** The first step of connecting, with room for every carrier. */
async function openCarriers(page: Page): Promise<void> {
  await page.setViewportSize({ ...size, height: 1_040 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Connect a carrier' }).click();
  await page.getByRole('radio', { name: 'Twilio' }).check();
}

async function take(part: Page | Locator, name: string): Promise<void> {
  const file = path.join(pictures, `${name}.png`);
  await part.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  const bytes = statSync(file).size;
  process.stdout.write(`${path.basename(file)}: ${bytes.toLocaleString('en-US')} bytes\n`);
  if (bytes > mostBytes) process.exitCode = 1;
}

mkdirSync(pictures, { recursive: true });
const folder = newDataFolder();
const app = await TrunklineProcess.start(folder, flags);
const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
try {
  const page = await browser.newPage({ viewport: size, locale: 'en-US', reducedMotion: 'reduce' });
  await page.goto(app.url);
  await setTheScene(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await take(page, `main-${colorScheme}`);
  }
  await openCarriers(page);
  await take(page.getByRole('main'), 'connect-light');
} finally {
  await browser.close();
  await app.stop();
  removeDataFolder(folder);
}
