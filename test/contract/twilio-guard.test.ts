import { expect, test } from 'vitest';

import { twilio } from '#main/providers/twilio/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';
import { TwilioDesk, customer, line } from '#test/carriers/twilio-desk.ts';
import { signHook, signJsonHook } from '#test/carriers/twilio-hooks.ts';

const accountSid = `AC${'0'.repeat(32)}`;

function guardOf(authToken: string): WebhookGuard {
  const credentials = { accountSid, authToken };
  const connection = { connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] };
  return twilio.open(connection).guard;
}

function hook(url: string, body: string, signature: string): RawDelivery {
  return {
    provider: 'twilio',
    connectionId: 'c1',
    method: 'POST',
    url,
    headers: { 'x-twilio-signature': signature },
    body: Buffer.from(body),
    receivedAt: Date.now(),
  };
}

const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
const body =
  'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
const jsonHash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const jsonBody = '{"property": "value", "boolean": true}';

test.each([
  ['a form', address, body, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['a form, signed with the usual port', address, body, 'kvajT1Ptam85bY51eRf/AJRuM3w='],
  [
    'JSON, by its hash',
    `${address}&bodySHA256=${jsonHash}`,
    jsonBody,
    'a9nBmqA0ju/hNViExpshrM61xv4=',
  ],
])('the published signature of %s is good', (...[, url, bytes, signature]) => {
  const guard = guardOf('12345');
  expect(guard.authenticate(hook(url, bytes, signature))).toBe('authentic');
  expect(guard.authenticate(hook(`${url}&more=1`, bytes, signature))).toBe('forged');
  expect(
    guard.authenticate(hook(url.replace('foo=1&bar=2', 'bar=2&foo=1'), bytes, signature)),
  ).toBe('forged');
  expect(guard.authenticate(hook(url, `${bytes}&Extra=1`, signature))).toBe('forged');
  expect(guardOf('12346').authenticate(hook(url, bytes, signature))).toBe('forged');
});

test.each([
  [`MessagingBinding.Address=%2B1325xxxxxxx&MessagingBinding.Address=%2B1415xxxxxxx`],
  [`MessagingBinding.Address=%2B1415xxxxxxx&MessagingBinding.Address=%2B1325xxxxxxx`],
])('a field that comes twice is signed whatever the order: %s', (bytes) => {
  const signature = '83O6e2vORAoJHUNzJjDWN1jz+BA=';
  const found = guardOf('12345').authenticate(hook(address, bytes, signature));
  expect(found).toBe('authentic');
});

test('JSON whose hash is not that of its bytes is forged, though the address is signed', () => {
  const guard = guardOf('12345');
  const { url, headers } = signJsonHook('12345', { url: address, body: jsonBody });
  const signature = headers['x-twilio-signature'] ?? '';
  expect(guard.authenticate(hook(url, jsonBody, signature))).toBe('authentic');
  for (const other of ['', `${jsonBody} `, '{}'])
    expect(guard.authenticate(hook(url, other, signature))).toBe('forged');
  const lower = hook(`${address}&bodySHA256=`, jsonBody, signature);
  expect(guard.authenticate(lower)).toBe('forged');
});

test('JSON without a hash is not covered by a signature over the address alone', () => {
  const signature = signHook('12345', { url: address, body: new Uint8Array() })[
    'x-twilio-signature'
  ];
  const guard = guardOf('12345');
  expect(guard.authenticate(hook(address, '', signature ?? ''))).toBe('authentic');
  expect(guard.authenticate(hook(address, jsonBody, signature ?? ''))).toBe('forged');
});

test.each([
  ['https://hooks.example/hooks/twilio/c1', 'https://hooks.example:443/hooks/twilio/c1'],
  ['https://hooks.example:8443/hooks/twilio/c1', 'https://hooks.example/hooks/twilio/c1'],
  ['http://hooks.example/hooks/twilio/c1', 'http://hooks.example:80/hooks/twilio/c1'],
  ['https://u:p@hooks.example/h?a=1', 'https://u:p@hooks.example:443/h?a=1'],
  ['https://[::1]:8443/h', 'https://[::1]/h'],
  ["https://hooks.example/it's?a='b'", "https://hooks.example/it's?a='b'"],
  ["https://hooks.example/h?a='b'", 'https://hooks.example/h?a=%27b%27'],
  ['https://HOOKS.example/h', 'https://hooks.example/h'],
  ['https://hooks.example/h?a=b c', 'https://hooks.example/h?a=b%20c'],
])('called at %s and signed as %s: good', (url, signedUrl) => {
  const bytes = Buffer.from('MessageSid=SM1');
  const { 'x-twilio-signature': signature = '' } = signHook('12345', {
    url: signedUrl,
    body: bytes,
  });
  expect(guardOf('12345').authenticate(hook(url, 'MessageSid=SM1', signature))).toBe('authentic');
});

test.each([
  ['https://u:p@hooks.example/h', 'https://hooks.example/h'],
  ['https://hooks.example/h', 'http://hooks.example/h'],
  ['https://hooks.example/h', 'https://hooks.example:8443/h'],
  ['https://hooks.example/h', 'https://hooks.example/h/'],
  ['https://hooks.example/h?ref=1', 'https://hooks.example/h'],
])('called at %s and signed as %s: forged', (url, signedUrl) => {
  const bytes = Buffer.from('MessageSid=SM1');
  const { 'x-twilio-signature': signature = '' } = signHook('12345', {
    url: signedUrl,
    body: bytes,
  });
  expect(guardOf('12345').authenticate(hook(url, 'MessageSid=SM1', signature))).toBe('forged');
});

test('a call that is no address at all is forged, not an error', () => {
  const { authenticate } = guardOf('12345');
  for (const url of ['', 'not an address', '/hooks/twilio/c1'])
    expect(authenticate(hook(url, 'a=b', 'RSOYDt4T1cUTdK1PDd93/VVr8B8='))).toBe('forged');
});

test('a replay is good but has the same key; another status of the same text has another', async () => {
  await using desk = await TwilioDesk.open();
  const sid = await desk.send();
  await desk.carrier.tell(sid, [{ status: 'sent' }, { status: 'delivered' }], 'doubled');
  const calls = await desk.receiver.waitFor(4);
  expect(calls.map((raw) => desk.guard.authenticate(raw))).toEqual(calls.map(() => 'authentic'));
  const keys = calls.map((raw) => desk.guard.dedupeKey(raw));
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).toBe(keys[3]);
  expect(new Set(keys).size).toBe(2);
});

test('a text and its fallback call are one, a text and a receipt of the same id two', async () => {
  await using desk = await TwilioDesk.open();
  desk.number.smsFallbackUrl = `${desk.receiver.url}?fallback=1`;
  desk.receiver.answerNext(500);
  await desk.carrier.receive({ from: customer, to: line, body: 'hi' });
  const calls = await desk.receiver.waitFor(2);
  expect(new Set(calls.map((raw) => desk.guard.dedupeKey(raw))).size).toBe(1);
  const [first] = calls;
  const news = hook(
    'https://hooks.example/',
    `${Buffer.from(first?.body ?? [])}&MessageStatus=sent`,
    '',
  );
  expect(desk.guard.dedupeKey(news)).not.toBe(desk.guard.dedupeKey(calls[0]!));
});

test('what is stored is answered with instructions to do nothing', async () => {
  const reply = guardOf('12345').reply(hook(address, body, ''));
  expect(reply).toEqual({
    status: 200,
    type: 'text/xml',
    body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
  });
});
