/**
 * Takes the pictures of the README from the built served host, on a temporary data folder and against the sandbox carrier.
 * Run by hand after a build: `npm run build && node test/app/take-pictures.ts`.
 */
import { statSync } from 'node:fs';
import path from 'node:path';

import { type Page, chromium, expect } from '@playwright/test';

import playwrightConfig from './playwright.config.ts';
import { TrunklineProcess, newDataFolder, removeDataFolder } from './trunkline-process.ts';

const folder = path.join(import.meta.dirname, '../../docs/pictures');
const size = { width: 1_440, height: 860 };
const flags = ['--sandbox-speed', '20', '--sandbox-seed', '7'];
const maxBytes = 200_000;

/** In the order in which they are written; the last one stays open. What each number does stands in the README. */
const texts: readonly (readonly [to: string, text: string, becomes: string])[] = [
  ['+1 555 201 0101', 'Your estimate is ready: $1,240 with the door. Shall we book?', 'Delivered'],
  ['+1 555 318 0104', 'Your car is ready for pickup until 6 pm.', 'Not delivered'],
  ['+1 555 447 0114', 'We open at 8 am on Monday.', 'HELP'],
  ['+1 555 264 0112', 'We tried to call you about the parts.', 'Voicemail'],
  ['+1 555 590 0102', 'The adjuster comes on Thursday between 9 and 11.', 'handset unreachable'],
  ['+1 555 233 0111', 'What has been repaired so far?', 'Many thanks from all of us'],
  ['+1 555 702 0100', 'Is Friday 2 pm still good for you?', 'You wrote'],
  ['+1 555 816 0106', 'The loaner car is waiting at the desk.', 'Sent'],
  ['+1 555 348 0109', 'Thanks for calling. Could you send a photo of the damage?', 'Here is the picture'],
];

/** A curly apostrophe and a long dash: what a text pasted from elsewhere brings along. */
const draft = 'Thank you! That’s the left door — we’ll order the part today and call you tomorrow';

/** Texts nobody has looked at yet: all that have an answer but these. */
const lookedAt = ['(555) 264-0112', '(555) 702-0100'];

async function write(page: Page, to: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(to);
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

/** Sends every text and leaves its conversation before the answer comes, so that the answer stays unread. */
async function writeAll(page: Page): Promise<void> {
  for (const [to, text, becomes] of texts) {
    await write(page, to, text);
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText(becomes);
  }
}

async function setTheScene(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await writeAll(page);
}

export { draft, lookedAt, maxBytes, size, folder, flags, statSync, chromium, playwrightConfig, TrunklineProcess, newDataFolder, removeDataFolder, setTheScene };
