import { expect, test } from 'vitest';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { Confirmation } from '#shared/provider/provider.ts';
import { closedPort } from '#test/fakes/raw-server.ts';
import { UnrulyFront } from '#test/fakes/unruly-front.ts';

import { FlowrouteDesk, callback, ours, theirs, uid } from './flowroute-desk.ts';

const confirm = async (
  { adapter }: Pick<FlowrouteDesk, 'adapter'>,
  raw: RawDelivery,
): Promise<Confirmation> => (await adapter.confirm?.(raw, 5_000)) ?? { kind: 'denied' };

const longAgo = { receivedAt: Date.now() - 180_000 };
const unknownId = `mdr2-${'0'.repeat(32)}`;

function textClaiming(id: string, change: object = {}): object {
  const attributes = {
    from: '15550100199',
    to: '15550100001',
    body: 'Send me the money',
    direction: 'inbound',
    ...change,
  };
  return { data: { id, type: 'message', attributes } };
}

function receiptClaiming(id: string, status: string, code: number | null = null): object {
  const attributes = { level: 2, status, status_code: code, timestamp: '2026-11-21T10:00:00Z' };
  return { data: { id, type: 'delivery_receipt', attributes } };
}

/** What is believed of a delivery once the carrier was asked. */
async function believed(desk: FlowrouteDesk, raw: RawDelivery): Promise<unknown> {
  const confirmation = await confirm(desk, raw);
  return confirmation.kind === 'confirmed'
    ? desk.adapter.readDelivery(confirmation.raw)
    : confirmation.kind;
}

test('a text is believed as the carrier has it, whatever the callback says', async () => {
  await using desk = await FlowrouteDesk.start();
  const { id } = await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'Hello' });
  const [told] = desk.receiver.calls;
  const truth = { kind: 'text-received', providerMessageId: id, from: theirs, text: 'Hello' };
  expect(await believed(desk, told as RawDelivery)).toMatchObject([truth]);
  const forged = callback(textClaiming(id, { from: '15550100666', to: '15550100003' }));
  expect(await believed(desk, forged)).toMatchObject([{ ...truth, to: ours }]);
});

test('a text the carrier does not know is denied, unless its record may still be on the way', async () => {
  await using desk = await FlowrouteDesk.start();
  expect(await confirm(desk, callback(textClaiming(unknownId), longAgo))).toEqual({
    kind: 'denied',
  });
  expect(await believed(desk, callback(textClaiming(unknownId)))).toBe('unclear');
  desk.carrier.lagMs = 400;
  await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'Hello' });
  const raw = desk.receiver.calls[0] as RawDelivery;
  expect(await believed(desk, raw)).toMatchObject([{ text: 'Hello' }]);
  desk.carrier.lagMs = 60_000;
  expect(await believed(desk, raw)).toBe('unclear');
});

test('a text out that somebody tells of as a text in stays a text out', async () => {
  await using desk = await FlowrouteDesk.start();
  const id = await desk.send('Hi Sam');
  expect(await believed(desk, callback(textClaiming(id)))).toEqual([]);
});

test('a receipt is believed where the record has it, and only there', async () => {
  await using desk = await FlowrouteDesk.start();
  const id = await desk.send('Hi Sam');
  const claim = receiptClaiming(id, 'delivered', 1_004);
  expect(await believed(desk, callback(claim))).toBe('unclear');
  expect(await believed(desk, callback(claim, longAgo))).toEqual([]);
  const words = { status: 'delivered', status_code_description: 'Message delivered to handset' };
  const [told] = await desk.during(() =>
    desk.carrier.tell(id, { level: 2, status_code: 1_004, ...words }),
  );
  const truth = { kind: 'receipt', providerMessageId: id, state: 'delivered', reference: uid };
  expect(await believed(desk, told as RawDelivery)).toMatchObject([
    { ...truth, billing: { segments: 1, priceMicros: 4_000, feeMicros: 3_000, currency: 'USD' } },
  ]);
  const failed = callback(receiptClaiming(id, 'delivered', 1_150));
  expect(await believed(desk, failed)).toMatchObject([{ ...truth, reference: null }]);
});

test('both receipts of a text are there once the second is asked for, oldest first', async () => {
  await using desk = await FlowrouteDesk.start();
  const id = await desk.send('Hi Sam');
  const [submitted, buffered] = [
    { level: 1, status: 'smsc submit', status_code: null, status_code_description: 'Sent' },
    { level: 2, status: 'undelivered', status_code: 1_116, status_code_description: 'No text' },
  ] as const;
  await desk.carrier.tell(id, submitted);
  const [told] = await desk.during(() => desk.carrier.tell(id, buffered));
  expect(await believed(desk, told as RawDelivery)).toMatchObject([
    { state: 'sent' },
    { state: 'failed', failure: { kind: 'landline', raw: '1116: No text' } },
  ]);
});

test('a receipt for a text in, or for nothing, is denied', async () => {
  await using desk = await FlowrouteDesk.start();
  const { id } = await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'Hello' });
  expect(await believed(desk, callback(receiptClaiming(id, 'failed')))).toBe('denied');
  expect(await believed(desk, callback(receiptClaiming(unknownId, 'failed'), longAgo))).toBe(
    'denied',
  );
});

test('pictures have no receipts in their record: that the record is ours must do', async () => {
  await using desk = await FlowrouteDesk.start();
  const id = await desk.send('Look', ['https://x.example/cat.jpg']);
  const words = { status: 'delivered', status_code_description: 'Message delivered' };
  const [told] = await desk.during(() =>
    desk.carrier.tell(id, { level: 2, status_code: null, ...words }),
  );
  expect(await believed(desk, told as RawDelivery)).toMatchObject([
    { kind: 'receipt', providerMessageId: id, state: 'delivered', reference: uid },
  ]);
});

test('addresses of pictures come from the record, or, where it names pictures only, from the carrier’s store', async () => {
  await using desk = await FlowrouteDesk.start();
  const { id } = await desk.carrier.receive({
    from: theirs,
    to: '15550100001',
    body: null,
    media: ['m1.jpg', 'm2.jpg'],
  });
  const inStore = 'https://mms-media-prod.s3.amazonaws.com/m1.jpg?Signature=x';
  const claiming = (name: string, url: string) =>
    callback({
      ...textClaiming(id),
      included: [{ id: name, type: 'media', attributes: { url, mime_type: 'image/jpeg' } }],
    });
  const media = async (name: string, url: string) =>
    (await believed(desk, claiming(name, url))) as [{ media: { url: string }[] }];
  const [full] = await media('m1.jpg', 'https://evil.example/m1.jpg');
  expect(full.media.map(({ url }) => url)).toEqual([
    `${desk.carrier.url}/media-store/m1.jpg?Signature=good`,
    `${desk.carrier.url}/media-store/m2.jpg?Signature=good`,
  ]);
  desk.carrier.includesMedia = false;
  expect(await media('m1.jpg', inStore)).toMatchObject([{ media: [{ url: inStore }] }]);
  expect(await media('m1.jpg', 'https://evil.example/m1.jpg')).toMatchObject([{ media: [] }]);
  expect(await media('other.jpg', inStore)).toMatchObject([{ media: [] }]);
});

test('where the carrier cannot be asked, nothing is denied', async () => {
  await using desk = await FlowrouteDesk.start();
  const raw = callback(textClaiming(unknownId), longAgo);
  const nowhere = { adapter: desk.open({ baseUrl: `http://127.0.0.1:${await closedPort()}` }) };
  expect(await confirm(nowhere, raw)).toMatchObject({
    kind: 'unclear',
    failure: { kind: 'network' },
  });
  const credentials = { accessKey: 'fr-access-key', secretKey: 'wrong' };
  expect(await confirm({ adapter: desk.open({ credentials }) }, raw)).toMatchObject({
    kind: 'unclear',
    failure: { kind: 'credentials' },
  });
});

test('an answer about another message, or of another shape, confirms nothing', async () => {
  await using desk = await FlowrouteDesk.start();
  const { id } = await desk.carrier.receive({ from: theirs, to: '15550100001', body: 'Hello' });
  await using front = await UnrulyFront.before(desk.carrier.url);
  const adapter = desk.open({ baseUrl: front.url });
  for (const body of [textClaiming(id), {}, [], 'no']) {
    front.manners = { kind: 'answer', status: 200, body: JSON.stringify(body) };
    const raw = callback(textClaiming(unknownId), longAgo);
    expect(await confirm({ adapter }, raw)).toMatchObject({ kind: 'unclear' });
  }
});

test('what cannot be understood is not asked about and stays as it is', async () => {
  await using desk = await FlowrouteDesk.start();
  for (const body of ['', 'null', '{"data":{"id":"mdr2-../../numbers","type":"message"}}']) {
    const raw = callback(body);
    expect(await confirm(desk, raw)).toEqual({ kind: 'confirmed', raw });
  }
  expect(await desk.carrier.calls()).toEqual([]);
});

test('a text of the first versions of the API is asked for where those keep it', async () => {
  await using desk = await FlowrouteDesk.start();
  const raw = callback({ to: '1', from: '2', body: 'old', id: 'mdr1-0123' }, longAgo);
  expect(await believed(desk, raw)).toBe('denied');
  const [asked] = await desk.carrier.calls();
  expect(asked?.path).toBe('/v2/messages/mdr1-0123');
});
