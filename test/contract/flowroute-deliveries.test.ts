import { expect, test } from 'vitest';

import { flowroute } from '#main/providers/flowroute/adapter.ts';
import { failureOf } from '#main/providers/flowroute/failure-of.ts';
import type { DeliveryEvent } from '#shared/provider/delivery.ts';

import { FlowrouteDesk, callback, ours, theirs } from './flowroute-desk.ts';

const { adapter, guard } = flowroute.open({
  connectionId: 'c1',
  baseUrl: null,
  credentials: { accessKey: 'a', secretKey: 's' },
  numbers: [],
  hooks: [],
});
const id = 'mdr2-00000000000011eeaaaa000000000001';

function read(body: unknown, url?: string): readonly DeliveryEvent[] {
  return adapter.readDelivery(callback(body, url === undefined ? {} : { url }));
}

function readReceipt(attributes: object): readonly DeliveryEvent[] {
  return read({ data: { id, type: 'delivery_receipt', attributes } });
}

test.each([
  [1, 'smsc submit', null, 'Message has been sent', 'sent'],
  [2, 'message buffered', 1_003, 'Message accepted by Carrier', 'sent'],
  [2, 'message buffered', '1003', 'Message accepted by Carrier', 'sent'],
  [2, 'delivered', null, '', 'delivered'],
  [2, 'delivered', 1_004, 'Message delivered to handset', 'delivered'],
  [2, 'anything', 1_004, 'anything', 'delivered'],
  [1, 'queued', 1_001, 'Message queued for delivery', 'accepted'],
  [1, 'default', 1_000, 'Default State', 'accepted'],
  [1, 'smsc submit', 1_002, 'Message has been sent', 'sent'],
  [2, 'undelivered', null, '', 'failed'],
  [2, 'not delivered', null, null, 'failed'],
  [2, 'Message rejected', null, null, 'failed'],
  [1, 'esme error', null, null, 'failed'],
  [2, 'expired', null, null, 'failed'],
  [2, 'delivered', 1_110, 'User Opted Out (STOP)', 'failed'],
  [2, 'whatever', 1_299, 'a code of tomorrow', 'failed'],
])('level %i "%s" %s "%s" is %s', (...row) => {
  const [level, status, code, description, state] = row;
  const wire = { level, status, status_code: code, status_code_description: description };
  expect(readReceipt(wire)).toMatchObject([{ kind: 'receipt', providerMessageId: id, state }]);
});

test.each([
  { level: 2, status: 'pondering', status_code: null },
  { level: 2, status: '', status_code: null },
  { level: 2 },
])('a receipt that says nothing known moves nothing: %j', (wire) => {
  expect(readReceipt(wire)).toEqual([]);
});

test.each([
  [1_005, 'Message rejected', 'filtered'],
  [1_006, 'Message expired', 'expired'],
  [1_007, 'Message failed', 'unmapped'],
  [1_008, 'Permanent Send Error', 'unmapped'],
  [1_009, 'PARTIAL_SEND_FAILURE', 'unmapped'],
  [1_100, 'Unknown error', 'unmapped'],
  [1_101, 'Source Carrier Invalid', 'not-allowed'],
  [1_102, 'Destination Carrier Invalid', 'unknown-number'],
  [1_103, 'Source Not Authorized', 'not-allowed'],
  [1_104, 'Source Carrier Disabled', 'not-allowed'],
  [1_105, 'Destination Carrier Disabled', 'unreachable'],
  [1_106, 'No Valid Route', 'carrier-trouble'],
  [1_107, 'Invalid Source TON', 'not-allowed'],
  [1_108, 'Invalid Destination TON', 'invalid-number'],
  [1_109, 'Route Denied', 'not-allowed'],
  [1_110, 'User Opted Out (STOP)', 'opted-out'],
  [1_111, 'Temporary Resolution Failure', 'carrier-trouble'],
  [1_112, 'Permanent Resolution Failure', 'unknown-number'],
  [1_115, 'No Handler found', 'carrier-trouble'],
  [1_116, 'Destination Address is not text enabled', 'landline'],
  [1_150, 'Spam', 'filtered'],
  [1_152, 'Spam Reject', 'filtered'],
  [1_200, 'Unknown error', 'unmapped'],
  [1_201, 'Message too long', 'too-long'],
  [1_204, 'System error', 'carrier-trouble'],
  [1_205, 'Invalid source address', 'not-allowed'],
  [1_206, 'Invalid destination address', 'invalid-number'],
  [1_210, 'Message queue full', 'carrier-trouble'],
  [1_219, 'Invalid source address type of number (TON)', 'not-allowed'],
  [1_220, 'Invalid source address numbering plan (NPI)', 'not-allowed'],
  [1_221, 'Invalid destination address type of number (TON)', 'invalid-number'],
  [1_222, 'Invalid destination address numbering plan (NPI)', 'invalid-number'],
])('the code %i "%s" is %s', (code, words, kind) => {
  const raw = `${code}: ${words}`;
  expect(failureOf(code, words)).toEqual({ kind, raw });
  expect(failureOf(String(code), words)).toEqual({ kind, raw });
});

test.each([
  ['Blocked as spam by the carrier', 'filtered'],
  ['Number is not registered with a 10DLC campaign', 'not-registered'],
  ['Destination is a landline', 'landline'],
  ['Insufficient funds', 'balance'],
  ['File at https://x.example/a.jpg is over 767840 byte limit', 'media'],
  ['The message is too long', 'too-long'],
  ['Validity period expired', 'expired'],
  ['Handset unreachable', 'unreachable'],
  ['Unknown subscriber', 'unknown-number'],
  ['Network congestion', 'carrier-trouble'],
  ['Recipient has opted out', 'opted-out'],
  ['Invalid from number', 'not-allowed'],
  ['The to number is not a valid number', 'invalid-number'],
  ['Lorem ipsum', 'unmapped'],
])('an unknown code goes by its words: "%s" is %s', (words, kind) => {
  expect(failureOf(4_711, words)).toEqual({ kind, raw: `4711: ${words}` });
});

test('what callbacks were seen to vary in is read all the same', () => {
  const attributes = {
    from: 15_550_100_199,
    to: 15_550_100_001,
    body: 'hi',
    direction: 'inbound',
    amount_nanodollars: '4000000',
    timestamp: '2022-02-06T17:52:33Z',
    message_callback_url: 'https://hooks.example/x',
  };
  const data = { id, type: 'message', attributes };
  const text = {
    kind: 'text-received',
    from: theirs,
    to: ours,
    text: 'hi',
    sentAt: Date.parse('2022-02-06T17:52:33Z'),
  };
  expect(read({ data })).toMatchObject([text]);
  expect(read({ data: { data, included: [] } })).toMatchObject([text]);
  expect(read({ data, included: [{ type: 'something else', id: 'x' }] })).toMatchObject([text]);
  const odd = { ...attributes, timestamp: 'yesterday', amount_nanodollars: {} };
  expect(read({ data: { ...data, attributes: odd } })).toMatchObject([{ ...text, sentAt: null }]);
  const old = { to: '15550100001', from: '15550100199', body: 'hi', id: 'mdr1-01' };
  expect(read(old)).toMatchObject([{ ...text, providerMessageId: 'mdr1-01', sentAt: null }]);
});

test('the reference of a receipt is what stood in its address', () => {
  const uid = '01890000-0000-7000-8000-000000000001';
  const body = { data: { id, type: 'delivery_receipt', attributes: { status: 'delivered' } } };
  const address = 'https://hooks.example/hooks/flowroute/c1/secret';
  expect(read(body, `${address}?ref=${uid}`)).toMatchObject([{ reference: uid }]);
  expect(read(body, address)).toMatchObject([{ reference: null }]);
});

test('the carrier calls again until it hears exactly 200, and every repetition has the same key', async () => {
  await using desk = await FlowrouteDesk.start([200, 204, 500, 302, 200]);
  const receive = () => desk.carrier.receive({ from: theirs, to: '15550100001', body: 'x' });
  const { status } = guard.reply(callback('{}'));
  expect(status).toBe(200);
  expect(await desk.during(receive)).toHaveLength(1);
  const calls = await desk.during(receive);
  expect(calls).toHaveLength(4);
  expect(new Set(calls.map((raw) => guard.dedupeKey(raw))).size).toBe(1);
});

test('receipts that differ in anything have keys of their own', () => {
  const base = { level: 1, status: 'smsc submit', status_code: null, timestamp: 'a' };
  const variants = [
    base,
    { ...base, level: 2 },
    { ...base, status: 'delivered' },
    { ...base, status_code: 1_003 },
    { ...base, timestamp: 'b' },
  ];
  const keys = variants.map((attributes) =>
    guard.dedupeKey(callback({ data: { id, type: 'delivery_receipt', attributes } })),
  );
  expect(new Set(keys).size).toBe(variants.length);
});

test('who calls is for the intake to know: the guard takes everything', () => {
  for (const body of ['', '{}', 'ü']) expect(guard.authenticate(callback(body))).toBe('authentic');
});
