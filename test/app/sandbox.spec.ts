import { expect, test, thread, writeTo } from './app-fixtures.ts';

test('0100 is sent, delivered and answered with the text quoted', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0100', 'Is the part in stock?');
  await expect(thread(screen)).toContainText('Delivered');
  await expect(thread(screen).getByText('Is the part in stock?')).toHaveCount(2);
  await expect(screen.getByRole('listitem', { name: '(555) 010-0100' })).toBeVisible();
});

test('0101 is sent, delivered and stays silent', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0101', 'Nobody answers');
  await expect(thread(screen)).toContainText('Delivered');
  await screen.waitForTimeout(1_500);
  await expect(thread(screen).getByRole('article')).toHaveCount(1);
});

test('0102 is not delivered: handset unreachable', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0102', 'Are you there?');
  await expect(thread(screen)).toContainText('Not delivered: handset unreachable');
  await expect(screen.getByRole('list', { name: 'Conversations' })).toContainText(
    'handset unreachable',
  );
});

test('0103 is not delivered: filtered as spam', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0103', 'You have won');
  await expect(thread(screen)).toContainText('Not delivered: filtered as spam');
});

test('0104 is refused at once: landline', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0104', 'Hello kitchen');
  await expect(thread(screen)).toContainText('Not delivered: landline');
});

test('0105 is refused at once: opted out at the carrier', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0105', 'One more offer');
  await expect(thread(screen)).toContainText('Not delivered: opted out at the carrier');
});

test('0106 is accepted and never claims to be delivered', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0106', 'Into the void');
  await expect(thread(screen)).toContainText('Sent');
  await screen.waitForTimeout(1_500);
  await expect(thread(screen)).not.toContainText('Delivered');
});

test('0107 is slowed down twice and then delivered, once', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0107', 'Patience');
  await expect(thread(screen)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(screen).getByRole('article')).toHaveCount(1);
});

test('0108 gets no answer, says so, and is found in the carrier list', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0108', 'Did you take it?');
  await expect(thread(screen)).toContainText('Not confirmed', { timeout: 30_000 });
  await expect(thread(screen)).toContainText('Delivered', { timeout: 30_000 });
  await expect(thread(screen).getByRole('article')).toHaveCount(1);
});

test('0109 answers with a picture', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0109', 'Send me a photo');
  const picture = thread(screen).getByRole('img').first();
  await expect(picture).toBeVisible();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
});

test('0110 answers STOP to the first text alone', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0110', 'Hello');
  await expect(thread(screen).getByText('STOP', { exact: true })).toHaveCount(1);
});

test('0111 answers in three parts, out of order and one doubled, shown as one text', async ({
  screen,
}) => {
  await writeTo(screen, '+1 555 010 0111', 'Tell me everything');
  await expect(thread(screen).getByRole('article')).toHaveCount(2);
  await screen.waitForTimeout(1_500);
  await expect(thread(screen).getByRole('article')).toHaveCount(2);
});

test('0112 misses a call from us: a missed call and a voicemail', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0112', 'I am calling you');
  await expect(thread(screen)).toContainText('Missed call');
  await expect(thread(screen)).toContainText('Voicemail');
});

test('0113 receipts before the answer, doubled and reversed, end at Delivered', async ({
  screen,
}) => {
  await writeTo(screen, '+1 555 010 0113', 'Backwards');
  await expect(thread(screen)).toContainText('Delivered');
  await screen.waitForTimeout(1_500);
  await expect(thread(screen)).toContainText('Delivered');
  await expect(thread(screen).getByRole('article')).toHaveCount(1);
});

test('0114 answers HELP', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0114', 'Hello');
  await expect(thread(screen).getByText('HELP', { exact: true })).toHaveCount(1);
});

test('any other number is sent and delivered', async ({ screen }) => {
  await writeTo(screen, '+1 555 010 0199', 'Just a text');
  await expect(thread(screen)).toContainText('Delivered');
});
