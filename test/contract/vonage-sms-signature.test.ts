import { expect, test } from 'vitest';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import { signatureSecret } from '#test/carriers/vonage-account.ts';
import { signSms } from '#test/carriers/vonage-signing.ts';

import { bySms, deliveryOf, openVonage } from './vonage-desk.ts';
import { callback, form, inbound, unsigned } from './vonage-sms-callback.ts';

const verdict = (raw: RawDelivery, change: object = {}): string =>
  openVonage({ ...bySms, ...change }).guard.authenticate(raw);

test.each([
  ['md5hash', 'd2e7b1dc968737c5998ad624e02f90b7'],
  ['sha256', 'DDB8397C2B90AAC7F3882D306475C9A5058C92322EEF43C92B298B6E0FC0D330'],
] as const)('the signature of the fact sheet by %s is good', (signatureMethod, sig) => {
  const parameters = {
    'message-timestamp': '2013-11-21 15:27:30',
    messageId: '020000001B0FE827',
    msisdn: '14843472194',
    text: 'Test again',
    timestamp: '1385047698',
    to: '13239877404',
    type: 'text',
  };
  const raw = { ...unsigned({ ...parameters, sig }), receivedAt: 1_385_047_698_000 };
  const credentials = { signatureSecret: 'my_secret_key_for_testing', signatureMethod };
  expect(verdict(raw, credentials)).toBe('authentic');
  expect(verdict({ ...raw, receivedAt: raw.receivedAt + 301_000 }, credentials)).toBe('forged');
  expect(verdict({ ...raw, receivedAt: raw.receivedAt - 301_000 }, credentials)).toBe('forged');
  expect(verdict(raw, { ...credentials, signatureMethod: 'sha1' })).toBe('forged');
  const changed = { ...parameters, text: 'Test again!', sig };
  expect(verdict({ ...unsigned(changed), receivedAt: raw.receivedAt }, credentials)).toBe('forged');
});

test.each(['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const)(
  'callbacks signed by %s are told from those signed otherwise',
  (signatureMethod) => {
    const methods = ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'] as const;
    for (const method of methods)
      expect(verdict(callback(inbound, { method }), { signatureMethod })).toBe(
        method === signatureMethod ? 'authentic' : 'forged',
      );
  },
);

test('while a secret is rotated both are good; a stranger’s, or none, never is', () => {
  const rotated = { signatureSecret: 'next', previousSignatureSecret: signatureSecret };
  expect(verdict(callback(inbound), rotated)).toBe('authentic');
  expect(verdict(callback(inbound, { secret: 'next' }), rotated)).toBe('authentic');
  expect(verdict(callback(inbound, { secret: 'next' }))).toBe('forged');
  expect(verdict(callback(inbound, { secret: 'undefined' }))).toBe('forged');
});

test('what is not signed as it should be is forged', () => {
  const { sig = '', ...rest } = signSms(inbound, {
    at: Date.now(),
    secret: signatureSecret,
    method: 'sha256',
  });
  expect(verdict(unsigned({ ...rest, sig: sig.toLowerCase() }))).toBe('authentic');
  for (const bad of ['', sig.slice(1), `${sig}0`, 'ü'.repeat(64), '0'.repeat(64)])
    expect(verdict(unsigned({ ...rest, sig: bad })), bad).toBe('forged');
  expect(verdict(unsigned(rest))).toBe('forged');
  const body = new URLSearchParams({ ...rest, sig }).toString();
  for (const bytes of [`${body}&sig=${sig}`, `${body}&text=other`, `${body}&more=1`, `${body}&`])
    expect(verdict(deliveryOf(bytes, form)), bytes).toBe(
      bytes.endsWith('&') ? 'authentic' : 'forged',
    );
  expect(verdict(deliveryOf(body))).toBe('forged');
  for (const bytes of ['', '{}', '[]', 'null', Uint8Array.of(0xff, 0xfe)])
    for (const headers of [form, {}]) expect(verdict(deliveryOf(bytes, headers))).toBe('forged');
});

test('of another account, or without a time, it is forged however well signed', () => {
  expect(verdict(callback({ ...inbound, 'api-key': 'abcd1235' }))).toBe('forged');
  const { 'api-key': _gone, ...older } = inbound;
  expect(verdict(callback(older))).toBe('authentic');
  for (const minutes of [-6, 6])
    expect(verdict(callback(inbound, { at: Date.now() + minutes * 60_000 }))).toBe('forged');
  for (const minutes of [-4, 4])
    expect(verdict(callback(inbound, { at: Date.now() + minutes * 60_000 }))).toBe('authentic');
});
