import { expect, test, thread, writeTo } from './app-fixtures.ts';

test('0100 is sent, delivered and answered with the text quoted', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0100', 'Is the part in stock?');
  await expect(thread(trunkline)).toContainText('Delivered');
  await expect(thread(trunkline).getByText('Is the part in stock?')).toHaveCount(2);
  await expect(trunkline.getByRole('listitem', { name: '(555) 010-0100' })).toBeVisible();
});

test('0101 is sent, delivered and stays silent', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0101', 'Nobody answers');
  await expect(thread(trunkline)).toContainText('Delivered');
  await trunkline.waitForTimeout(1_500);
  await expect(thread(trunkline).getByRole('article')).toHaveCount(1);
});

test('0102 is not delivered: handset unreachable', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0102', 'Are you there?');
  await expect(thread(trunkline)).toContainText('Not delivered: handset unreachable');
  await expect(trunkline.getByRole('list', { name: 'Conversations' })).toContainText(
    'handset unreachable',
  );
});

test('0103 is not delivered: filtered as spam', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0103', 'You have won');
  await expect(thread(trunkline)).toContainText('Not delivered: filtered as spam');
});

test('0104 is refused at once: landline', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0104', 'Hello kitchen');
  await expect(thread(trunkline)).toContainText('Not delivered: landline');
});

test('0105 is refused at once: opted out at the carrier', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0105', 'One more offer');
  await expect(thread(trunkline)).toContainText('Not delivered: opted out at the carrier');
});

test('0106 is accepted and never claims to be delivered', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0106', 'Into the void');
  await expect(thread(trunkline)).toContainText('Sent');
  await trunkline.waitForTimeout(1_500);
  await expect(thread(trunkline)).not.toContainText('Delivered');
});

test('0107 is slowed down twice and then delivered, once', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0107', 'Patience');
  await expect(thread(trunkline)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(trunkline).getByRole('article')).toHaveCount(1);
});

test('0108 gets no answer, says so, and is found in the carrier list', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0108', 'Did you take it?');
  await expect(thread(trunkline)).toContainText('Not confirmed', { timeout: 30_000 });
  await expect(thread(trunkline)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(trunkline).getByRole('article')).toHaveCount(1);
});

test('0109 answers with a picture', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0109', 'Send me a photo');
  const picture = thread(trunkline).getByRole('img').first();
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
});

test('0110 answers STOP to the first text alone', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0110', 'Hello');
  await expect(thread(trunkline).getByText('STOP', { exact: true })).toHaveCount(1);
});

test('0111 answers in three parts, out of order and one doubled, shown as one text', async ({
  trunkline,
}) => {
  await writeTo(trunkline, '+1 555 010 0111', 'Tell me everything');
  await expect(thread(trunkline).getByRole('article')).toHaveCount(2);
  await trunkline.waitForTimeout(1_500);
  await expect(thread(trunkline).getByRole('article')).toHaveCount(2);
});

test('0112 misses a call from us: a missed call and a voicemail', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0112', 'I am calling you');
  await expect(thread(trunkline)).toContainText('Missed call');
  await expect(thread(trunkline)).toContainText('Voicemail');
});

test('0113 receipts before the answer, doubled and reversed, end at Delivered', async ({
  trunkline,
}) => {
  await writeTo(trunkline, '+1 555 010 0113', 'Backwards');
  await expect(thread(trunkline)).toContainText('Delivered');
  await trunkline.waitForTimeout(1_500);
  await expect(thread(trunkline)).toContainText('Delivered');
  await expect(thread(trunkline).getByRole('article')).toHaveCount(1);
});

test('0114 answers HELP', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0114', 'Hello');
  await expect(thread(trunkline).getByText('HELP', { exact: true })).toHaveCount(1);
});

test('any other number is sent and delivered', async ({ trunkline }) => {
  await writeTo(trunkline, '+1 555 010 0199', 'Just a text');
  await expect(thread(trunkline)).toContainText('Delivered');
});
