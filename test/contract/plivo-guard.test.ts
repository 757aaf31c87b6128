import { expect, test } from 'vitest';

import { plivo } from '#main/providers/plivo/adapter.ts';
import { signV2, signV3 } from '#main/providers/plivo/signature.ts';
import type { RawDelivery } from '#shared/provider/delivery.ts';
import type { WebhookGuard } from '#shared/provider/provider.ts';
import { plivoV2, plivoV3 } from '#test/carriers/plivo-signing.ts';

import { PlivoDesk, callback, theirs } from './plivo-desk.ts';

const token = 'FAKE_AUTH_TOKEN_1234567890';
const url = 'https://hooks.example/hooks/plivo/c1';
const form = 'From=15550100199&To=15550100001&Text=Hi&MessageUUID=u1';

function openGuard(more: Record<string, string> = {}): WebhookGuard {
  const credentials = { authId: 'MAXXXXXXXXXXXXXXXXXX', authToken: token, ...more };
  return plivo.open({ connectionId: 'c1', baseUrl: null, credentials, numbers: [], hooks: [] })
    .guard;
}

type Headers = Readonly<Record<string, string>>;

const third = (signature: string, nonce = 'n1', name = 'signature-v3'): Headers => ({
  [`x-plivo-${name}`]: signature,
  'x-plivo-signature-v3-nonce': nonce,
});
const second = (signature: string, nonce = 'n1', name = 'signature-v2'): Headers => ({
  [`x-plivo-${name}`]: signature,
  'x-plivo-signature-v2-nonce': nonce,
});
const v3 = (more: Partial<Parameters<typeof plivoV3>[0]> = {}): string =>
  plivoV3({ url, form, nonce: 'n1', token, ...more });
const v2 = (more: Partial<Parameters<typeof plivoV2>[0]> = {}): string =>
  plivoV2({ url, nonce: 'n1', token, ...more });

const judged = (headers: Headers, more: Partial<RawDelivery> = {}, guard = openGuard()): string =>
  guard.authenticate(callback(form, { url, headers, ...more }));

const vector = {
  From: '+14150000001',
  To: '+14150000002',
  Text: 'test',
  Type: 'sms',
  MessageUUID: '11111111-2222-3333-4444-555555555555',
};
const inbound = 'https://example.com/plivo/inbound';

test.each([
  ['POST', inbound, vector, 'BsYEsmZvb8pj7+RQtDfliZnZKIBlAmvq4t8a3d6MkXU='],
  ['POST', `${inbound}?acct=7`, vector, 'u0CpPzWXnw7h3PeBMAMFuqE3jd43iBw79hDaUi53rQg='],
  ['GET', inbound, vector, 'unI2gEPE+ObHkK9pF710geGP/s/WEEuAc5Yd/SpCF+4='],
  [
    'POST',
    inbound,
    { ...vector, Text: 'héllo 😀' },
    'L5LfT13BEfEKX+P7iDw4MFlhiP7YK44xi96E68mbRGs=',
  ],
] as const)('known signatures of the third version: %s %s', (...row) => {
  const [method, address, fields, signature] = row;
  const parameters = new URLSearchParams(fields);
  expect(signV3({ method, url: address, parameters }, 'f4b1c2d3e5', token)).toBe(signature);
});

test.each(['https://answer.url', 'https://answer.url?x=1', 'https://u:p@answer.url'])(
  'the known signature of the second version, for %s',
  (address) => {
    const signature = 'ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=';
    expect(signV2(address, '12345', 'my_auth_token')).toBe(signature);
  },
);

test('every signature that the carrier makes is taken: of either version, own or of the main account', async () => {
  await using desk = await PlivoDesk.start();
  for (const versions of [['v3'], ['v2'], ['v2', 'v3']] as const) {
    desk.carrier.versions = versions;
    const receive = () =>
      desk.carrier.receive({ from: '15550100199', to: '15550100001', text: 'ü€ 👍' });
    const [raw] = await desk.during(receive);
    expect(desk.guard.authenticate(raw as RawDelivery), versions.join()).toBe('authentic');
    expect(desk.adapter.readDelivery(raw as RawDelivery)).toMatchObject([{ from: theirs }]);
  }
  expect(judged(third(v3(), 'n1', 'signature-ma-v3'))).toBe('authentic');
  expect(judged(second(v2(), 'n1', 'signature-ma-v2'))).toBe('authentic');
});

test('one good signature among several is enough, and as many bad ones are not', () => {
  const bad = v3({ token: 'somebody else' });
  for (const given of [`${bad},${v3()}`, `${v3()},${bad}`, `${bad}, ${v3()}`, `,,${v3()}`])
    expect(judged(third(given)), given).toBe('authentic');
  expect(judged(second(`${v2({ token: 'x' })},${v2()}`))).toBe('authentic');
  expect(judged(third(`${bad},${bad},`))).toBe('forged');
  expect(judged(third(`${`${bad},`.repeat(5_000)}${v3()}`))).toBe('forged');
});

test('the third version covers address, query, nonce, method and every field', () => {
  expect(judged(third(v3()))).toBe('authentic');
  expect(judged(third(v3()), { url: `${url}?ref=1` })).toBe('forged');
  expect(judged(third(v3()), { url: `${url}/` })).toBe('forged');
  expect(judged(third(v3()), { url: url.replace('https', 'http') })).toBe('forged');
  expect(judged(third(v3()), { url: url.replace('hooks.example', 'hooks.example:443') })).toBe(
    'forged',
  );
  expect(judged(third(v3(), 'n2'))).toBe('forged');
  expect(judged(third(v3()), { method: 'GET' })).toBe('forged');
  for (const change of [`${form}&Media0=https://x.example/a`, form.replace('Hi', 'Ho')])
    expect(judged(third(v3()), { body: Buffer.from(change) }), change).toBe('forged');
  const asked = `${url}?ref=b&ref=a&a=%C3%BC+x`;
  const signed = third(plivoV3({ url: asked, form, nonce: 'n1', token }));
  expect(judged(signed, { url: asked })).toBe('authentic');
  expect(judged(signed, { url: asked.replace('ref=b', 'ref=c') })).toBe('forged');
});

test('where there is a third version, a good second one does not help a bad third', () => {
  const badThird = v3({ token: 'somebody else' });
  expect(judged({ ...second(v2()), ...third(badThird) })).toBe('forged');
  expect(judged({ ...second(v2()), ...third('') })).toBe('forged');
  expect(judged({ ...second(v2()), 'x-plivo-signature-v3-nonce': 'n1' })).toBe('forged');
  expect(judged({ ...second(v2()), 'x-plivo-signature-ma-v3': badThird })).toBe('forged');
});

test('the second version leaves the body out, so its nonce is good for one body only', () => {
  const guard = openGuard();
  const other = { body: Buffer.from(form.replace('Hi', 'Send money')) };
  expect(judged(second(v2()), {}, guard)).toBe('authentic');
  expect(judged(second(v2()), {}, guard)).toBe('authentic');
  expect(judged(second(v2()), other, guard)).toBe('forged');
  expect(judged(second(v2({ nonce: 'n2' }), 'n2'), other, guard)).toBe('authentic');
  const tomorrow = Date.now() + 86_500_000;
  expect(judged(second(v2()), { ...other, receivedAt: tomorrow }, guard)).toBe('authentic');
});

test('a forged call does not use up a nonce', () => {
  const guard = openGuard();
  const forged = second(v2({ token: 'somebody else' }));
  expect(judged(forged, { body: Buffer.from('From=1') }, guard)).toBe('forged');
  expect(judged(second(v2()), {}, guard)).toBe('authentic');
});

test('without any signature nothing is taken', () => {
  expect(judged({})).toBe('forged');
  expect(judged({ 'x-plivo-signature': v3() })).toBe('forged');
  expect(judged(third(v3(), ''))).toBe('forged');
  expect(judged({ 'x-plivo-signature-v3': plivoV3({ url, form, nonce: '', token }) })).toBe(
    'authentic',
  );
});

test('while the token is rotated both sign, and an empty previous one signs nothing', () => {
  const rotated = openGuard({ authToken: 'new', previousAuthToken: token });
  expect(judged(third(v3()), {}, rotated)).toBe('authentic');
  expect(judged(third(v3({ token: 'new' })), {}, rotated)).toBe('authentic');
  expect(judged(second(v2()), {}, rotated)).toBe('authentic');
  const done = openGuard({ authToken: 'new', previousAuthToken: '' });
  expect(judged(third(v3()), {}, done)).toBe('forged');
  expect(judged(third(v3({ token: '' })), {}, done)).toBe('forged');
});

test('a text is known by its id, a receipt by its standing too', () => {
  const guard = openGuard();
  const key = (change: Record<string, string>): string =>
    guard.dedupeKey(callback({ MessageUUID: 'u1', From: '1', To: '2', ...change }));
  const receipt = { Status: 'sent', ErrorCode: '000', Sequence: '1' };
  const variants = [
    { Text: 'a' },
    receipt,
    { ...receipt, Status: 'delivered' },
    { ...receipt, ErrorCode: '30' },
    { ...receipt, Sequence: '2' },
    { ...receipt, MessageUUID: 'u2' },
    { Text: 'a', MessageUUID: 'u2' },
    {},
  ];
  expect(new Set(variants.map(key)).size).toBe(variants.length);
  expect(key({ Text: 'a', Units: '1' })).toBe(key({ Text: 'a', Units: '2' }));
});

test('the answer holds nothing: XML in it would be texted to the sender', () => {
  expect(openGuard().reply(callback(form))).toEqual({ status: 200, type: 'text/plain', body: '' });
});
