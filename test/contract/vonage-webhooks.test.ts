import { createHmac, sign } from 'node:crypto';

import { expect, test } from 'vitest';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import {
  applicationId,
  ours,
  privateKey,
  publicKey,
  signatureSecret,
} from '#test/carriers/vonage-account.ts';
import { signWebhook } from '#test/carriers/vonage-signing.ts';

import {
  VonageDesk,
  byApplication,
  byKey,
  deadlineMs,
  deliveryOf,
  openVonage,
  peer,
  readBody,
} from './vonage-desk.ts';

const body = Buffer.from('{"message_uuid":"u","status":"submitted"}');

/** A callback whose token was made so; `change` replaces claims, `header` parts of its header. */
function callback(change: object = {}, header: object = {}): RawDelivery {
  const authorization = signWebhook(body, {
    at: Date.now(),
    secret: signatureSecret,
    claims: change,
    header,
  });
  return deliveryOf(body, { authorization });
}

test('the token of the fact sheet is authentic at its time, and for its account alone', () => {
  const token = [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'eyJpYXQiOjE3NjcyMjU2MDAsImp0aSI6IjExMTExMTExLTIyMjItNDMzMy04NDQ0LTU1NTU1NTU1NTU1NSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6IjllNzc1M2ExMDMwOGRlYTU2ZTYyZjE5OTNmYjFjZGE2OTEzNjgwYTJjMzIwMTE5MWQ2Y2RkMTJkYzdjZWUxYWEiLCJhcGlfa2V5IjoiYWJjZDEyMzQiLCJhcHBsaWNhdGlvbl9pZCI6ImFhYWFhYWFhLWJiYmItNGNjYy04ZGRkLTAxMjM0NTY3ODlhYiJ9',
    'gyWEj2307YSAZJkutJk1zMnzgz-tnmLgq1erFrly9EQ',
  ].join('.');
  const text =
    '{"channel":"sms","message_uuid":"aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab","from":"15550100002","to":"15550100001","text":"hi"}';
  const receivedAt = 1_767_225_600_000;
  const raw = deliveryOf(text, { authorization: `Bearer ${token}` }, { receivedAt });
  const credentials = {
    ...byApplication,
    applicationId: 'AAAAAAAA-bbbb-4ccc-8ddd-0123456789ab',
    signatureSecret: 'example_signature_secret_0123456789',
  };
  const verdict = (change: object, at = raw): string =>
    openVonage({ ...credentials, ...change }).guard.authenticate(at);
  expect(verdict({})).toBe('authentic');
  expect(verdict({ apiKey: 'abcd1235' })).toBe('forged');
  expect(verdict({ applicationId })).toBe('forged');
  expect(verdict({ signatureSecret: 'example_signature_secret_0123456780' })).toBe('forged');
  expect(verdict({}, { ...raw, receivedAt: receivedAt + 86_401_000 })).toBe('forged');
  expect(verdict({}, { ...raw, receivedAt: receivedAt - 301_000 })).toBe('forged');
});

const inSeconds = (shift: number): number => Math.floor(Date.now() / 1_000) + shift;

const badTokens: readonly (readonly [string, object, object])[] = [
  ['of another issuer', { iss: 'vonage' }, {}],
  ['of another account', { api_key: 'abcd1235' }, {}],
  ['of another application', { application_id: applicationId.replace('7', '8') }, {}],
  ['without an account', { api_key: undefined }, {}],
  ['without a time', { iat: undefined }, {}],
  ['with a time in words', { iat: 'now' }, {}],
  ['with a time in milliseconds', { iat: Date.now() }, {}],
  ['without the hash of the body', { payload_hash: undefined }, {}],
  ['with the hash of another body', { payload_hash: '0'.repeat(64) }, {}],
  ['that has run out', { exp: inSeconds(-1) }, {}],
  ['that is not yet good', { nbf: inSeconds(60) }, {}],
  ['that says none', {}, { alg: 'none' }],
  ['that says HS512', {}, { alg: 'HS512' }],
  ['that says RS256', {}, { alg: 'RS256' }],
  ['that says hs256', {}, { alg: 'hs256' }],
  ['that says nothing', {}, { alg: undefined }],
];

test.each(badTokens)('a well-signed token %s is forged', (_what, claims, header) => {
  expect(openVonage().guard.authenticate(callback(claims, header))).toBe('forged');
});

test('a token is good with and without the application, and with bounds it keeps', () => {
  const { guard } = openVonage();
  for (const claims of [{}, { application_id: undefined }, { exp: inSeconds(60), nbf: 0 }])
    expect(guard.authenticate(callback(claims))).toBe('authentic');
  expect(openVonage(byKey).guard.authenticate(callback())).toBe('authentic');
});

test('a token that somebody signed otherwise is forged', () => {
  const { guard } = openVonage();
  const authorization = callback().headers['authorization'] ?? '';
  const [head = '', claims = ''] = authorization.replace('Bearer ', '').split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const asRs256 = Buffer.from('{"alg":"RS256","typ":"JWT"}').toString('base64url');
  const byPublicKey = createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' }));
  const bad = [
    `${unsigned}.${claims}.`,
    `${head}.${claims}.`,
    `${head}.${claims}`,
    `${head}.${claims}.${'A'.repeat(43)}`,
    `${asRs256}.${claims}.${sign('sha256', Buffer.from(`${asRs256}.${claims}`), privateKey).toString('base64url')}`,
    `${head}.${claims}.${byPublicKey.update(`${head}.${claims}`).digest('base64url')}`,
  ];
  for (const token of bad)
    expect(guard.authenticate(deliveryOf(body, { authorization: `Bearer ${token}` }))).toBe(
      'forged',
    );
  const good = deliveryOf(body, { authorization });
  expect(guard.authenticate(good)).toBe('authentic');
  for (const scheme of ['bearer ', 'Basic ', 'Bearer  ', ''])
    expect(
      guard.authenticate(
        deliveryOf(body, { authorization: authorization.replace('Bearer ', scheme) }),
      ),
    ).toBe('forged');
});

test('a repetition has the same key, signed anew or not; a receipt that says more has another', () => {
  const { guard } = openVonage();
  const key = (text: string): string => guard.dedupeKey(deliveryOf(text));
  const text = { message_uuid: 'aaaa', message_type: 'text', text: 'hi' };
  expect(guard.dedupeKey(callback())).toBe(guard.dedupeKey(callback()));
  expect(key(JSON.stringify(text))).toBe(key(JSON.stringify({ ...text, timestamp: 'later' })));
  expect(key(JSON.stringify(text))).not.toBe(key(JSON.stringify({ ...text, message_uuid: 'b' })));
  const sent = { message_uuid: 'aaaa', status: 'submitted' };
  expect(key(JSON.stringify(sent))).not.toBe(key(JSON.stringify({ ...sent, status: 'delivered' })));
  expect(key(JSON.stringify(sent))).not.toBe(key(JSON.stringify(text)));
});

const uuid = 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab';

test.each([
  ['submitted', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['rejected', 'failed'],
  ['undeliverable', 'failed'],
])('the status %s is %s', (status, state) => {
  expect(readBody({ message_uuid: uuid, status })).toMatchObject([
    { kind: 'receipt', providerMessageId: uuid, reference: null, state, billing: null },
  ]);
});

test.each(['accepted', 'queued', 'evaporated', '__proto__', 'toString'])(
  'the status %s says nothing that is known, and so nothing at all',
  (status) => {
    expect(readBody({ message_uuid: uuid, status })).toEqual([]);
  },
);

test('a receipt without our reference takes it from the address it came in on', () => {
  const ref = '01890000-0000-7000-8000-000000000001';
  const url = `https://hooks.example/hooks/vonage/c1?ref=${ref}`;
  const bytes = JSON.stringify({ message_uuid: uuid, status: 'delivered' });
  const { adapter } = openVonage();
  expect(adapter.readDelivery(deliveryOf(bytes, {}, { url }))).toMatchObject([{ reference: ref }]);
});

test('what a text cost is in the receipt, in whole millionths', () => {
  const usage = { currency: 'EUR', price: '0.0333' };
  const read = readBody({
    message_uuid: uuid,
    status: 'delivered',
    usage,
    sms: { count_total: 3 },
  });
  const billing = { segments: 3, priceMicros: 33_300, feeMicros: null, currency: 'EUR' };
  expect(read).toMatchObject([{ billing }]);
});

const inbound = { message_uuid: uuid, channel: 'mms', from: '15550100100', to: ours };
const at = (name: string): { url: string } => ({
  url: `https://api-us.nexmo.com/v3/media/${name}`,
});

test.each(['image', 'audio', 'video', 'file', 'vcard'])('%s comes in', (type) => {
  const media = [{ url: at(type).url, type: null }];
  const one = { ...inbound, message_type: type, [type]: { ...at(type), name: 'a.bin' } };
  expect(readBody(one)).toMatchObject([{ kind: 'text-received', text: '', media, sentAt: null }]);
  const captioned = { ...one, [type]: { ...at(type), caption: 'look' }, text: 'look' };
  expect(readBody(captioned)).toMatchObject([{ text: 'look', media }]);
});

test('every part of a picture message comes in once, with all its words', () => {
  const read = readBody({
    ...inbound,
    message_type: 'image',
    text: 'both',
    image: [at('1'), { ...at('2'), caption: 'second' }],
    video: at('3'),
    content: [
      { type: 'image', ...at('1') },
      { type: 'text', text: 'third' },
      { type: 'file', ...at('4') },
    ],
  });
  expect(read).toMatchObject([
    {
      text: 'both\nsecond\nthird',
      media: ['1', '2', '3', '4'].map((name) => ({ url: at(name).url })),
    },
  ]);
});

test.each([
  ['15550100100', '+15550100100'],
  ['4791234567', '+4791234567'],
  ['447700900000', '+447700900000'],
  ['72345', '72345'],
  ['AcmeInc', 'AcmeInc'],
  ['+15550100100', '+15550100100'],
])('a text from %s is from %s', (from, ours_) => {
  expect(readBody({ ...inbound, from, message_type: 'text', text: '' })).toMatchObject([
    { from: ours_, text: '' },
  ]);
});

test('a callback nobody took comes again, and is the same one', async () => {
  await using desk = await VonageDesk.open();
  const { guard } = desk.connect();
  desk.receiver.answerNext(503);
  await desk.carrier.callbacks.receive({ text: 'hello' });
  const [first, second] = desk.receiver.calls;
  if (first === undefined || second === undefined) throw new Error('it did not come again');
  expect([first, second].map((raw) => guard.authenticate(raw))).toEqual(['authentic', 'authentic']);
  expect(first.headers['authorization']).not.toBe(second.headers['authorization']);
  expect(guard.dedupeKey(first)).toBe(guard.dedupeKey(second));
});

test('receipts doubled and in reverse order have two keys', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.callbacks.doubled = true;
  desk.carrier.callbacks.reversed = true;
  const { adapter, guard } = desk.connect();
  await adapter.send(desk.text(), deadlineMs);
  const calls = await desk.receiver.waitFor(4);
  const states = calls
    .flatMap((raw) => adapter.readDelivery(raw))
    .map((event) => ('state' in event ? event.state : null));
  expect(states).toEqual(['delivered', 'delivered', 'sent', 'sent']);
  expect(new Set(calls.map((raw) => guard.dedupeKey(raw))).size).toBe(2);
});

test('a receipt comes to the address named with the text, and names the text', async () => {
  await using desk = await VonageDesk.open();
  delete desk.carrier.book.application.capabilities.messages;
  const hooks = [{ purpose: 'receipts' as const, url: desk.receiver.url }];
  const { adapter } = desk.connect(byApplication, hooks);
  const text = desk.text({ to: peer });
  await adapter.send(text, deadlineMs);
  expect(JSON.parse(desk.lastCall())).toMatchObject({
    client_ref: text.uid,
    webhook_url: `${desk.receiver.url}?ref=${text.uid}`,
  });
  const [sent] = await desk.receiver.waitFor(2);
  expect(sent && adapter.readDelivery(sent)).toMatchObject([
    { reference: text.uid, state: 'sent' },
  ]);
});
