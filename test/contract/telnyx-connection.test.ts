import { sign } from 'node:crypto';

import { expect, test } from 'vitest';

import { telnyx } from '#main/providers/telnyx/adapter.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import { keyFromSeed, publicHalf } from '#test/carriers/telnyx-account.ts';

import { credentials } from './telnyx-under-test.ts';

const usual = { connectionId: 'c1', baseUrl: null, numbers: [], hooks: [] };

/* The first key of RFC 8032, and a signature made with it. */
const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const publicKey = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
const timestamp = '1767225600';
const body =
  '{"data":{"event_type":"message.received","id":"00000000-0000-4000-8000-000000000001","record_type":"event"}}';
const signature =
  'GsmKJgRCphh9IgzCgsTnOz2n9NmouC3uKJeWNgvRiuPfXtfEWpWW/kbld50qp7EPbLB3Xo2CQZZgqY0rqkh0Dw==';

const signedAt = Number(timestamp) * 1_000;

function delivery(more: Partial<RawDelivery> = {}, headers: Record<string, string> = {}) {
  return {
    provider: 'telnyx',
    connectionId: 'c1',
    method: 'POST',
    url: 'https://hooks.example/hooks/telnyx/c1',
    headers: {
      'telnyx-timestamp': timestamp,
      'telnyx-signature-ed25519': signature,
      ...headers,
    },
    body: new TextEncoder().encode(body),
    receivedAt: signedAt,
    ...more,
  };
}

const { guard } = telnyx.open({ ...usual, credentials: { ...credentials, publicKey } });

test('a known signature of a known key is good, five minutes either way', () => {
  expect(publicHalf(keyFromSeed(Buffer.from(seed, 'hex')))).toBe(publicKey);
  for (const seconds of [-300, -1, 0, 1, 300])
    expect(guard.authenticate(delivery({ receivedAt: signedAt + seconds * 1_000 }))).toBe(
      'authentic',
    );
  for (const seconds of [-301, 301, 86_400])
    expect(guard.authenticate(delivery({ receivedAt: signedAt + seconds * 1_000 }))).toBe('forged');
});

test.each([
  ['another time', { 'telnyx-timestamp': '1767225601' }],
  ['a time with a sign', { 'telnyx-timestamp': '+1767225600' }],
  ['a time with a fraction', { 'telnyx-timestamp': '1767225600.0' }],
  ['a time in hexadecimal', { 'telnyx-timestamp': '0x6955B900' }],
  ['no time', { 'telnyx-timestamp': '' }],
  ['a time too long to be one', { 'telnyx-timestamp': '9'.repeat(400) }],
  ['a signature without its padding', { 'telnyx-signature-ed25519': signature.replace('==', '') }],
  [
    'a signature for the web',
    { 'telnyx-signature-ed25519': signature.replaceAll('/', '_').replaceAll('+', '-') },
  ],
  ['a signature with a line break', { 'telnyx-signature-ed25519': `${signature}\n` }],
  ['nothing but zeros', { 'telnyx-signature-ed25519': `${'A'.repeat(86)}==` }],
])('%s is forged', (_what, headers) => {
  expect(guard.authenticate(delivery({}, headers))).toBe('forged');
});

test('a signature over the body alone, or with another sign between, is forged', () => {
  const key = keyFromSeed(Buffer.from(seed, 'hex'));
  for (const signed of [body, `${timestamp}.${body}`, `${timestamp}${body}`]) {
    const made = sign(null, Buffer.from(signed), key).toString('base64');
    expect(guard.authenticate(delivery({}, { 'telnyx-signature-ed25519': made }))).toBe('forged');
  }
  const right = sign(null, Buffer.from(`${timestamp}|${body}`), key).toString('base64');
  expect(right).toBe(signature);
});

test.each([
  ['apiKey', ''],
  ['apiKey', 'with blank'],
  ['apiKey', 'KEY\n'],
  ['publicKey', 'short'],
  ['publicKey', `${publicKey}=`],
  ['publicKey', publicKey.replace('=', '==')],
  ['publicKey', `-----BEGIN PUBLIC KEY-----`],
  ['previousPublicKey', 'short'],
  ['previousPublicKey', ''],
  ['messagingProfileId', ''],
  ['messagingProfileId', '../../balance'],
])('a connection with the %s "%s" does not open, and says so without the value', (name, value) => {
  const open = () => telnyx.open({ ...usual, credentials: { ...credentials, [name]: value } });
  expect(open).toThrow(new RegExp(`^Telnyx connection: credentials\\.${name} must`));
  if (value !== '') expect(open).not.toThrow(value);
});

test.each([
  'http://api.telnyx.com/v2',
  'http://10.0.0.7',
  'http://127.0.0.1.example',
  'ftp://127.0.0.1',
  'api.telnyx.com',
  '',
])('a connection to "%s" does not open: the key would travel in the clear', (baseUrl) => {
  expect(() => telnyx.open({ ...usual, baseUrl, credentials })).toThrow(
    /^Telnyx connection: baseUrl must be an https address/,
  );
});

test.each([
  null,
  'https://api.telnyx.com/v2',
  'https://proxy.example/telnyx/v2/',
  'http://[::1]:8',
])('a connection to %s opens', (baseUrl) => {
  const { adapter } = telnyx.open({ ...usual, baseUrl, credentials });
  const origin = new URL(baseUrl ?? 'https://api.telnyx.com').origin;
  expect(adapter.mediaAccess().origins).toContain(origin);
});

test('every credential that is named as needed is, and secrets are marked', () => {
  const fields = telnyx.capabilities.credentials;
  expect(fields.map(({ name, optional, secret }) => [name, optional, secret])).toEqual([
    ['apiKey', false, true],
    ['publicKey', false, false],
    ['previousPublicKey', true, false],
    ['messagingProfileId', true, false],
  ]);
});
