import type { Locator, Page } from '@playwright/test';

import { expect, test, thread } from './app-fixtures.ts';

const attachments = (page: Page): Locator => page.getByRole('list', { name: 'Attachments' });

/** A picture of noise as large as it is long, made by the browser itself: noise does not shrink. */
async function picture(page: Page, side: number, type: string): Promise<Buffer> {
  const numbers = await page.evaluate(
    async ([length, kind]) => {
      const canvas = document.createElement('canvas');
      canvas.width = length;
      canvas.height = length;
      const pen = canvas.getContext('2d');
      const pixels = pen?.createImageData(length, length);
      if (!pen || !pixels) throw new Error('no canvas');
      for (let at = 0; at < pixels.data.length; at += 1)
        pixels.data[at] = at % 4 === 3 ? 255 : (at * 2_654_435_761) >>> 24;
      pen.putImageData(pixels, 0, 0);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, 0.95));
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
    },
    [side, type] as const,
  );
  return Buffer.from(numbers);
}

async function begin(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: 'New message' }).click();
  await page.getByRole('textbox', { name: 'To' }).fill(to);
}

type Chosen = { readonly name: string; readonly buffer: Buffer; readonly mimeType: string };

async function attach(page: Page, chosen: Chosen): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach file' }).click();
  await (await choosing).setFiles(chosen);
}

test('a picture is attached, sent without words and delivered', async ({ trunkline }) => {
  await begin(trunkline, '+1 555 010 0101');
  const mimeType = 'image/png';
  const buffer = await picture(trunkline, 200, mimeType);
  await attach(trunkline, { name: 'roof.png', buffer, mimeType });
  await expect(attachments(trunkline)).toContainText(/roof\.pngPNG, \d+ kB/);
  await expect(trunkline.getByRole('status', { name: 'Segments' })).toContainText(
    'MMS · 1 picture',
  );
  await trunkline.getByRole('button', { name: 'Send' }).click();
  await expect(thread(trunkline)).toContainText('Delivered');
  await expect(attachments(trunkline)).toHaveCount(0);
  const shown = thread(trunkline).getByRole('img', { name: 'Picture from you' });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(200);
});

test('a picture too large for the carrier is made smaller, and the screen says so', async ({
  trunkline,
}) => {
  await begin(trunkline, '+1 555 010 0100');
  const large = await picture(trunkline, 1_400, 'image/jpeg');
  expect(large.length).toBeGreaterThan(750_000);
  await attach(trunkline, { name: 'yard.jpg', buffer: large, mimeType: 'image/jpeg' });
  await expect(attachments(trunkline)).toContainText(/JPEG, \d+ kB, made smaller, from \d/, {
    timeout: 20_000,
  });
  await trunkline.getByRole('textbox', { name: 'Message' }).fill('The yard');
  await trunkline.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(thread(trunkline)).toContainText(/You sent a picture \(JPEG, \d+ kB\)/);
});

test('what is no picture is refused at the place with the reason, and can be taken out', async ({
  trunkline,
}) => {
  await begin(trunkline, '+1 555 010 0101');
  const buffer = Buffer.from('%PDF-1.7 not a picture');
  await attach(trunkline, { name: 'list.pdf', buffer, mimeType: 'application/pdf' });
  await expect(attachments(trunkline)).toContainText('Only pictures can be attached');
  await expect(trunkline.getByText('Take out what cannot be attached')).toBeVisible();
  await trunkline.getByRole('button', { name: 'Remove list.pdf' }).press('Enter');
  await expect(attachments(trunkline)).toHaveCount(0);
  await expect(trunkline.getByRole('textbox', { name: 'Message' })).toBeFocused();
});
