import { describe, expect, test } from 'vitest';

import { vonage } from '#main/providers/vonage/adapter.ts';
import { UnreadableDelivery } from '#shared/provider/delivery.ts';
import type { ProviderDefinition } from '#shared/provider/provider.ts';
import { apiKey, ours, signatureSecret } from '#test/carriers/vonage-account.ts';

import { testLists } from './provider-lists.ts';
import { testSends } from './provider-sends.ts';
import type { CarrierUnderTest } from './provider-under-test.ts';
import { VonageDesk, bySms, deadlineMs, deliveryOf, openVonage } from './vonage-desk.ts';
import { callback, form, inbound, unsigned } from './vonage-sms-callback.ts';

const definition: ProviderDefinition = {
  ...vonage,
  capabilities: openVonage(bySms).adapter.capabilities,
};

async function startSms(): Promise<CarrierUnderTest> {
  const desk = await VonageDesk.open();
  const { fates } = desk.carrier.book;
  fates.set('15550101000', { kind: 'throttle', retryAfter: null });
  fates.set('15550101007', { kind: 'refuse', code: '33' });
  return {
    baseUrl: desk.carrier.url,
    credentials: bySms,
    rotatedCredentials: bySms,
    wrongCredentials: { ...bySms, apiSecret: 'wrong-secret' },
    neededCredentials: ['apiKey', 'apiSecret', 'signatureSecret'],
    secrets: { current: signatureSecret, next: '' },
    ours: `+${ours}`,
    recipients: {
      taken: '+15550100101',
      refused: [
        { to: '+15550101007', kind: 'unknown-number' },
        { to: '911', kind: 'unmapped' },
      ],
      rateLimited: { to: '+15550101000', retryAfterMs: null },
    },
    refusedTexts: [
      { what: 'too long', change: { text: 'x'.repeat(3_201) }, kind: 'too-long' },
      { what: 'a picture', change: { mediaUrls: ['https://a.example/1.png'] }, kind: 'media' },
      { what: 'from a foreign number', change: { from: '+15550109999' }, kind: 'not-allowed' },
    ],
    unsentStatuses: [429],
    listKeeps: { reference: true, text: true },
    takenStatus: 200,
    notTaken: [
      '{"message-count":"1","messages":[{"status":"0"}]}',
      '{"message-count":"1","messages":[{"status":"0","message-id":7}]}',
      '{"message-count":"1","messages":[{"message-id":"0A01"}]}',
      '{"message-count":"0","messages":[]}',
    ],
    complaint: (code) => ({
      status: 200,
      body: JSON.stringify({ messages: [{ status: code, 'error-text': 'No.' }] }),
    }),
    samples: () => Promise.resolve([]),
    sign: () => ({}),
    signatureHeader: '',
    toleranceMs: 300_000,
    hostileBodies: [],
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

describe('vonage by SMS: sends', () => testSends({ definition, start: startSms }));
describe('vonage by SMS: lists', () => testLists({ definition, start: startSms }));

test('a text leaves as the documented form, with the alphabet it needs', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect(bySms, [{ purpose: 'receipts', url: 'https://h.example/r' }]);
  const text = desk.text({ text: 'a & b = c + d' });
  await adapter.send(text, deadlineMs);
  expect(Object.fromEntries(new URLSearchParams(desk.lastCall()))).toEqual({
    api_key: apiKey,
    api_secret: bySms.apiSecret,
    from: ours,
    to: '15550100101',
    text: text.text,
    type: 'text',
    'client-ref': text.uid,
    callback: 'https://h.example/r',
  });
  await adapter.send(desk.text({ text: 'emoji 👋' }), deadlineMs);
  expect(new URLSearchParams(desk.lastCall()).get('type')).toBe('unicode');
});

const read = (parameters: object): unknown =>
  openVonage(bySms).adapter.readDelivery(
    unsigned({ ...inbound, ...parameters } as Record<string, string>),
  );

test('a text comes in, its letters unharmed', () => {
  expect(read({})).toEqual([
    {
      kind: 'text-received',
      providerMessageId: inbound.messageId,
      from: '+15550100100',
      to: `+${ours}`,
      text: 'a & b = c + d',
      media: [],
      part: null,
      sentAt: Date.parse('2026-11-21T10:00:00Z'),
    },
  ]);
  expect(read({ type: 'unicode', text: 'Grüße 👋\n漢字' })).toMatchObject([
    { text: 'Grüße 👋\n漢字' },
  ]);
});

test('a part says which it is of which text', () => {
  const part = { concat: 'true', 'concat-ref': '7', 'concat-total': '3', 'concat-part': '2' };
  expect(read(part)).toMatchObject([
    { part: { reference: 7, width: 8, total: 3, sequence: 2 }, media: [] },
  ]);
  expect(read({ ...part, 'concat-ref': '2568' })).toMatchObject([
    { part: { reference: 2_568, width: 16 } },
  ]);
  expect(read({ ...part, concat: 'false' })).toMatchObject([{ part: null }]);
});

test.each([
  ['a binary text', { type: 'binary', data: '00ff', udh: '0605' }],
  ['no id', { messageId: '' }],
  ['an id with a line break', { messageId: 'a\nb' }],
  ['no sender', { msisdn: '' }],
  ['a time that is none', { 'message-timestamp': 'yesterday' }],
  ['part 4 of 3', { concat: 'true', 'concat-ref': '1', 'concat-total': '3', 'concat-part': '4' }],
  ['part 0', { concat: 'true', 'concat-ref': '1', 'concat-total': '3', 'concat-part': '0' }],
  ['part 2 of nothing', { concat: 'true', 'concat-ref': '1', 'concat-part': '2' }],
  ['a part without a reference', { concat: 'true', 'concat-total': '3', 'concat-part': '1' }],
  ['a reference in words', { concat: 'true', 'concat-ref': 'one', 'concat-part': '1' }],
  ['a receipt of no state', { status: '' }],
])('unreadable: %s', (_what, change) => {
  expect(() => read(change)).toThrow(UnreadableDelivery);
});

test.each([
  ['nothing', ''],
  ['an empty object', '{}'],
  ['an array', '[]'],
  ['null', 'null'],
  ['a number in place of a text', '{"status":7}'],
  ['a name twice', 'a=1&a=2'],
  ['nesting 9,999 deep', `{"a":${'['.repeat(9_999)}`],
])('unreadable: %s', (_what, body) => {
  const { adapter, guard } = openVonage(bySms);
  for (const headers of [form, {}]) {
    expect(() => adapter.readDelivery(deliveryOf(body, headers))).toThrow(UnreadableDelivery);
    expect(guard.dedupeKey(deliveryOf(body, headers))).toMatch(/^.{1,300}$/s);
  }
  expect(guard.reply(deliveryOf(body)).status).toBe(200);
});

test('a repetition pushed and signed anew has the same key; another part has another', () => {
  const { guard } = openVonage(bySms);
  const first = callback(inbound, { at: Date.now() - 60_000 });
  const again = callback({ ...inbound, 'message-timestamp': '2026-11-21 10:01:00' });
  expect(guard.dedupeKey(first)).toBe(guard.dedupeKey(again));
  const other = callback({ ...inbound, messageId: '0A0000000123ABCD2' });
  expect(guard.dedupeKey(first)).not.toBe(guard.dedupeKey(other));
  expect(guard.dedupeKey(first)).not.toBe(guard.dedupeKey(callback({ ...inbound, status: 'x' })));
});

test.each(['form', 'json'] as const)(
  'the carrier’s own callbacks are authentic and understood, as %s',
  async (format) => {
    await using desk = await VonageDesk.open();
    const { callbacks, book } = desk.carrier;
    callbacks.smsFormat = format;
    book.fates.set('15550101010', { kind: 'tell', statuses: [['buffered'], ['failed', '9']] });
    const hooks = [{ purpose: 'receipts' as const, url: desk.receiver.url }];
    const { adapter, guard } = desk.connect(bySms, hooks);
    await callbacks.receiveSms(desk.receiver.url, { text: 'hi & bye 👋', type: 'unicode' });
    const text = desk.text({ to: '+15550101010' });
    const outcome = await adapter.send(text, deadlineMs);
    const calls = await desk.receiver.waitFor(3);
    expect(calls.map((raw) => guard.authenticate(raw))).toEqual(Array(3).fill('authentic'));
    const receipt = { kind: 'receipt', reference: text.uid, ...idOf(outcome) };
    const billing = { segments: 1, priceMicros: 33_300, feeMicros: null, currency: 'EUR' };
    expect(calls.flatMap((raw) => adapter.readDelivery(raw))).toMatchObject([
      { kind: 'text-received', text: 'hi & bye 👋', from: '+15550100100', to: `+${ours}` },
      { ...receipt, state: 'sent', failure: null, billing },
      { ...receipt, state: 'failed', failure: { kind: 'opted-out', raw: '9: failed' }, billing },
    ]);
  },
);

const idOf = (outcome: object): object =>
  'providerMessageId' in outcome ? { providerMessageId: outcome.providerMessageId } : {};

test('a long text is one text of several parts, each with a receipt that names our reference', async () => {
  await using desk = await VonageDesk.open();
  const hooks = [{ purpose: 'receipts' as const, url: desk.receiver.url }];
  const { adapter } = desk.connect(bySms, hooks);
  const text = desk.text({ text: 'x'.repeat(400) });
  const outcome = await adapter.send(text, deadlineMs);
  const events = (await desk.receiver.waitFor(3)).flatMap((raw) => adapter.readDelivery(raw));
  expect(events.map((event) => ('reference' in event ? event.reference : null))).toEqual(
    Array(3).fill(text.uid),
  );
  const ids = events.map((event) => ('providerMessageId' in event ? event.providerMessageId : ''));
  expect(new Set(ids).size).toBe(3);
  expect(ids).toContain((idOf(outcome) as { providerMessageId: string }).providerMessageId);
});
