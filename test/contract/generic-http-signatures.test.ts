import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { RawDelivery } from '#shared/provider/delivery.ts';
import { type HookSigning, signHook } from '#test/carriers/generic-hooks.ts';

import { type Credentials, callOf, inForm, openGeneric } from './generic-desk.ts';

/**
 * The HMAC of known answer: RFC 4231, test case 2, and RFC 2202, test case 2, whose key is "Jefe" and whose data is "what do ya want
 * for nothing?".
 */
const known = {
  sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  sha1: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
  sha512:
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
} as const;
const data = 'what do ya want for nothing?';

const signed: Credentials = { ...inForm, signatureHeader: 'X-Sig', webhookSecret: 'Jefe' };

function verdict(change: Credentials, headers: Record<string, string>, body = data): string {
  const { guard } = openGeneric({ ...signed, ...change });
  return guard.authenticate(callOf(body, { headers }));
}

test.each(['sha256', 'sha1', 'sha512'] as const)(
  '%s of the RFCs is authentic in both encodings',
  (algorithm) => {
    const hex = known[algorithm];
    const base64 = Buffer.from(hex, 'hex').toString('base64');
    const change = { signatureAlgorithm: algorithm };
    const inBase64 = { ...change, signatureEncoding: 'base64' };
    for (const good of [hex, hex.toUpperCase(), `${algorithm}=${hex}`])
      expect(verdict(change, { 'x-sig': good }), good).toBe('authentic');
    for (const good of [base64, base64.replace(/=+$/, ''), `${algorithm}=${base64}`])
      expect(verdict(inBase64, { 'x-sig': good }), good).toBe('authentic');
    for (const bad of [
      hex.slice(2),
      `${hex}00`,
      ` ${hex}`,
      `${hex}, ${hex}`,
      `md5=${hex}`,
      '',
      base64,
    ])
      expect(verdict(change, { 'x-sig': bad }), bad).toBe('forged');
    for (const bad of [hex, base64.slice(1), `${base64}A`, base64.toLowerCase(), '', '===='])
      expect(verdict(inBase64, { 'x-sig': bad }), bad).toBe('forged');
    expect(verdict(change, {})).toBe('forged');
    expect(verdict(change, { 'x-sig': hex }, `${data} `)).toBe('forged');
    for (const other of Object.keys(known).filter((each) => each !== algorithm))
      expect(verdict({ signatureAlgorithm: other }, { 'x-sig': hex })).toBe('forged');
  },
);

const timed: Credentials = {
  ...signed,
  signedContent: 'timestamp.body',
  timestampHeader: 'X-Time',
  toleranceSeconds: '60',
};
const signing: HookSigning = {
  secret: 'Jefe',
  header: 'x-sig',
  algorithm: 'sha256',
  encoding: 'hex',
  timestampHeader: 'x-time',
};

function at(shift: number, how: Partial<HookSigning> = {}): RawDelivery {
  const headers = signHook({ ...signing, ...how }, Buffer.from(data), Date.now() + shift);
  return callOf(data, { headers });
}

test('a signed time is good for as long as the settings say, either way', () => {
  const { guard } = openGeneric(timed);
  for (const shift of [0, -58_000, 58_000]) expect(guard.authenticate(at(shift))).toBe('authentic');
  for (const shift of [-62_000, 62_000, -3_600_000])
    expect(guard.authenticate(at(shift))).toBe('forged');
  const raw = at(0);
  for (const time of ['', 'now', '0', String(Number(raw.headers['x-time']) + 1)])
    expect(guard.authenticate({ ...raw, headers: { ...raw.headers, 'x-time': time } })).toBe(
      'forged',
    );
  const usual = openGeneric({ ...timed, toleranceSeconds: '' }).guard;
  expect(usual.authenticate(at(-298_000))).toBe('authentic');
  expect(usual.authenticate(at(-302_000))).toBe('forged');
});

test('a time in milliseconds is as good', () => {
  const now = Date.now();
  const headers = signHook(
    { ...signing, timestampHeader: 'x-time' },
    Buffer.from(data),
    now * 1_000,
  );
  expect(headers['x-time']).toBe(String(now));
  expect(openGeneric(timed).guard.authenticate(callOf(data, { headers }))).toBe('authentic');
});

test('two secrets are good while they are exchanged, and one afterwards', () => {
  const rotating = { ...timed, webhookSecret: 'next', previousWebhookSecret: 'Jefe' };
  const { guard } = openGeneric(rotating);
  for (const secret of ['next', 'Jefe'])
    expect(guard.authenticate(at(0, { secret }))).toBe('authentic');
  expect(guard.authenticate(at(0, { secret: 'third' }))).toBe('forged');
  const done = openGeneric({ ...rotating, previousWebhookSecret: '' }).guard;
  expect(done.authenticate(at(0, { secret: 'next' }))).toBe('authentic');
  expect(done.authenticate(at(0))).toBe('forged');
});

test('hundreds of bodies are authentic as they are, and forged with one byte changed', () => {
  const { guard } = openGeneric(timed);
  const bodies = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, where, flip) => {
      const headers = signHook(signing, body, Date.now());
      const raw = { ...callOf(''), headers, body };
      expect(guard.authenticate(raw)).toBe('authentic');
      const changed = Uint8Array.from(body);
      const index = where % body.length;
      changed[index] = (changed[index] ?? 0) ^ flip;
      expect(guard.authenticate({ ...raw, body: changed })).toBe('forged');
    }),
    { numRuns: 300 },
  );
});

test('where nothing is signed, the secret in the path, which the intake has checked, is all there is', () => {
  const { guard } = openGeneric(inForm);
  expect(guard.authenticate(callOf('anything'))).toBe('authentic');
});

test('the same call has the same key, and the same words about another text have another', () => {
  const { guard } = openGeneric(inForm);
  const ref = (digit: string) =>
    `https://h.example/?ref=01890000-0000-7000-8000-00000000000${digit}`;
  const keys = ['1', '2', '1'].map((digit) =>
    guard.dedupeKey(callOf('Status=sent', { url: ref(digit) })),
  );
  expect(keys[0]).toBe(keys[2]);
  expect(keys[0]).not.toBe(keys[1]);
  expect(guard.dedupeKey(callOf('Status=sent'))).not.toBe(
    guard.dedupeKey(callOf('Status=delivered')),
  );
});

test.each([
  ['', 'application/json', '{}'],
  ['ok', 'text/plain; charset=utf-8', 'ok'],
  ['<Response/>', 'application/xml; charset=utf-8', '<Response/>'],
  ['{"ok":true}', 'application/json', '{"ok":true}'],
])('the reply "%s" is of type %s', (webhookReply, type, body) => {
  const { guard } = openGeneric({ ...inForm, webhookReply });
  expect(guard.reply(callOf(''))).toEqual({ status: 200, type, body });
});
