import { generateKeyPairSync } from 'node:crypto';

import { expect, test } from 'vitest';

import { callApi } from '#main/http/call-api.ts';
import { vonage } from '#main/providers/vonage/adapter.ts';
import { readConnection } from '#main/providers/vonage/read-connection.ts';
import {
  apiSecret,
  applicationId,
  ours,
  privateKey,
  strangersKey,
} from '#test/carriers/vonage-account.ts';

import { VonageDesk, byApplication, byKey, bySms, deadlineMs } from './vonage-desk.ts';

test('good credentials are told with the balance', async () => {
  await using desk = await VonageDesk.open();
  for (const credentials of [byApplication, byKey, bySms, { ...byKey, applicationId }])
    expect(await desk.connect(credentials).adapter.testCredentials(deadlineMs)).toEqual({
      kind: 'told',
      answer: { account: 'balance 10.28 EUR' },
    });
});

test.each([
  ['a wrong secret', { apiSecret: 'wrong-secret' }, 'credentials', '401: authentication failed'],
  ['a wrong key', { apiKey: 'zzzz9999' }, 'credentials', '401: authentication failed'],
  [
    'another application',
    { applicationId: applicationId.replace('7', '8') },
    'unmapped',
    'not-found: ID does not exist',
  ],
  [
    'the key of another application',
    { privateKey: strangersKey },
    'credentials',
    'unauthorized: You did not provide correct credentials.',
  ],
])('%s is found by the test of credentials', async (_what, change, ...[kind, raw]) => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect({ ...byApplication, ...change });
  expect(await adapter.testCredentials(deadlineMs)).toEqual({
    kind: 'not-told',
    failure: { kind, raw },
  });
});

test('protected media is fetched by the application’s token, which goes to the carrier’s hosts alone', async () => {
  await using desk = await VonageDesk.open();
  desk.carrier.book.media.set('/v3/media/1', Buffer.from('picture'));
  const { origins, headers } = desk.connect().adapter.mediaAccess();
  const url = `${desk.carrier.url}/v3/media/1`;
  const fetched = await callApi({ method: 'GET', url, headers, body: null, deadlineMs });
  expect(fetched).toMatchObject({ status: 200, body: Buffer.from('picture') });
  for (const origin of origins)
    expect(origin).toMatch(
      /^https:\/\/api(-[a-z]+)?\.(nexmo|vonage)\.com$|^http:\/\/127\.0\.0\.1:\d+$/,
    );
  expect(origins).toContain('https://api-us.nexmo.com');
  expect(desk.connect(byKey).adapter.mediaAccess().headers).toEqual({});
});

test('what a connection can do is told by its own capabilities', async () => {
  await using desk = await VonageDesk.open();
  for (const [credentials, can] of [
    [byApplication, { mms: true, configuresWebhooks: true }],
    [byKey, { mms: true, configuresWebhooks: false }],
    [bySms, { mms: false, configuresWebhooks: true, media: null }],
  ] as const) {
    const { adapter } = desk.connect(credentials);
    expect(adapter.capabilities).toMatchObject(can);
    expect(adapter.configureHooks !== undefined).toBe(can.configuresWebhooks);
  }
});

const picture = 'https://m.example/a.PNG?x=1';
const sms = { channel: 'sms', message_type: 'text', sms: { encoding_type: 'auto' } };
test.each([
  [[], { ...sms, text: 'hi' }],
  [[picture], { channel: 'mms', message_type: 'image', image: { url: picture, caption: 'hi' } }],
  [
    ['https://m.example/a.mp3'],
    { message_type: 'audio', audio: { url: 'https://m.example/a.mp3', caption: 'hi' } },
  ],
  [['https://m.example/a.mp4'], { message_type: 'video' }],
  [['https://m.example/a.vcf'], { message_type: 'vcard' }],
  [['https://m.example/media/x7'], { message_type: 'file' }],
  [
    [picture, 'https://m.example/b.pdf'],
    {
      channel: 'mms',
      message_type: 'content',
      content: [
        { type: 'image', url: picture, caption: 'hi' },
        { type: 'file', url: 'https://m.example/b.pdf' },
      ],
    },
  ],
])('a text with the attachments %o leaves as it should', async (mediaUrls, body) => {
  await using desk = await VonageDesk.open();
  const text = desk.text({ text: 'hi', mediaUrls });
  expect(await desk.connect().adapter.send(text, deadlineMs)).toMatchObject({ kind: 'accepted' });
  const common = { from: ours, to: '15550100101', client_ref: text.uid, webhook_version: 'v1' };
  expect(JSON.parse(desk.lastCall())).toMatchObject({ ...common, ...body });
});

test('without words an attachment has no caption; without a key the account itself signs in', async () => {
  await using desk = await VonageDesk.open();
  const { adapter } = desk.connect(byKey);
  const text = desk.text({ text: '', mediaUrls: [picture] });
  expect(await adapter.send(text, deadlineMs)).toMatchObject({ kind: 'accepted' });
  expect(JSON.parse(desk.lastCall())).toMatchObject({ image: { url: picture } });
  expect(desk.lastCall()).not.toContain('caption');
  expect(desk.carrier.calls.at(-1)?.headers.authorization).toMatch(/^Basic /);
});

const otherKind = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

test.each([
  ['privateKey', otherKind],
  ['apiKey', 'abcd123'],
  ['apiKey', 'abcd:123'],
  ['apiSecret', 'with space'],
  ['applicationId', 'not-a-uuid'],
  ['applicationId', ''],
  ['privateKey', ''],
  ['privateKey', 'hush-hush'],
  ['privateKey', '-----BEGIN PRIVATE KEY-----\nhush-hush\n-----END PRIVATE KEY-----'],
  ['previousSignatureSecret', ''],
  ['api', 'dispatch'],
  ['signatureMethod', 'sha3'],
])('a connection with a wrong %s does not open and says so without quoting', (name, value) => {
  const open = (): unknown =>
    vonage.open({
      connectionId: 'c1',
      baseUrl: null,
      credentials: { ...byApplication, [name]: value },
      numbers: [],
      hooks: [],
    });
  expect(open).toThrow(new RegExp(`^Vonage connection: credentials\\.${name} must `));
  if (value.length > 4) expect(open).not.toThrow(value.split('\n')[1] ?? value);
  expect(open).not.toThrow(apiSecret);
});

test('a private key needs its application, and may have lost its line breaks', () => {
  const connection = { connectionId: 'c1', baseUrl: null, numbers: [], hooks: [] };
  const open = (credentials: Record<string, string>): unknown =>
    vonage.open({ ...connection, credentials });
  expect(() => open({ ...byKey, privateKey })).toThrow(/credentials\.applicationId is missing/);
  expect(open({ ...byApplication, privateKey: privateKey.replaceAll('\n', '\\n') })).toBeDefined();
});

test.each(['http://rest.nexmo.com', 'ftp://127.0.0.1/', 'nexmo', 'http://127.0.0.1.evil.example/'])(
  'an address such as %s is refused',
  (baseUrl) => {
    const connection = { connectionId: 'c1', credentials: byApplication, numbers: [], hooks: [] };
    expect(() => vonage.open({ ...connection, baseUrl })).toThrow(
      /^Vonage connection: baseUrl must be an https address/,
    );
  },
);

const rest = 'https://rest.nexmo.com';
test.each([
  [null, 'https://api.nexmo.com', rest],
  ['https://api-eu.nexmo.com/', 'https://api-eu.nexmo.com', rest],
  ['https://api-us-3.vonage.com', 'https://api-us-3.vonage.com', rest],
  ['https://vonage.example:8443/x/', 'https://vonage.example:8443', 'https://vonage.example:8443'],
  ['http://[::1]:4020', 'http://[::1]:4020', 'http://[::1]:4020'],
  [
    'https://api-eu.nexmo.com.evil.example',
    'https://api-eu.nexmo.com.evil.example',
    'https://api-eu.nexmo.com.evil.example',
  ],
])('the address %s stands for the hosts %s and %s', (baseUrl, apiUrl, restUrl) => {
  const connection = { connectionId: 'c1', credentials: byApplication, numbers: [], hooks: [] };
  expect(readConnection({ ...connection, baseUrl }).access).toMatchObject({ apiUrl, restUrl });
});
