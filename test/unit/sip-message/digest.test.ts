import { expect, test } from 'vitest';

import { answerChallenge, digestOf } from '#main/providers/sip-message/digest/answer-challenge.ts';
import { Authorisation } from '#main/providers/sip-message/digest/authorisation.ts';
import { type Challenge, readChallenge } from '#main/providers/sip-message/digest/challenge.ts';
import type { SipRequest, SipResponse } from '#main/providers/sip-message/wire/message.ts';

const none = new Uint8Array(0);
const own = { user: '15550100001', password: 's3cret' };
const circle = { user: 'Mufasa', password: 'Circle Of Life' };
const get = { method: 'GET', uri: '/dir/index.html', body: none, count: 1 };
const text = {
  method: 'MESSAGE',
  uri: 'sip:15550100002@sip.example.net',
  body: none,
  count: 1,
  cnonce: '0a4f113b',
};
const challenge = (change: Partial<Challenge>): Challenge => ({
  realm: 'sip.example.net',
  nonce: 'abc123',
  opaque: null,
  algorithm: 'MD5',
  qop: 'auth',
  stale: false,
  ...change,
});

test.each([
  [
    'RFC 2617',
    challenge({ realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093' }),
    circle,
    { ...get, cnonce: '0a4f113b' },
    '6629fae49393a05397450978507c4ef1',
  ],
  [
    'RFC 7616',
    challenge({
      realm: 'http-auth@example.org',
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      algorithm: 'SHA-256',
    }),
    { ...circle, password: 'Circle of Life' },
    { ...get, cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
    '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  ],
  ['MESSAGE, MD5', challenge({}), own, text, '0d2f9616c74a3a714ba840e0a5908293'],
  [
    'MESSAGE, SHA-256',
    challenge({ algorithm: 'SHA-256' }),
    own,
    text,
    '6180c3f7be4a190d0b889ef0a2eb6be33dce8098c07627a6b11eb086dda52641',
  ],
  [
    'MESSAGE as RFC 2069 had it',
    challenge({ qop: null }),
    own,
    text,
    'dc49fa412539727b78ab4008d0278956',
  ],
] as const)('the digest of %s', (...[_what, asked, login, proof, digest]) => {
  expect(digestOf(asked, login, proof)).toBe(digest);
});

test('names are quoted, and only what was asked for is told', () => {
  const asked = challenge({ realm: 'a"b', opaque: 'o\\p', algorithm: 'SHA-256', qop: null });
  expect(answerChallenge(asked, { user: 'x"y\\z', password: 'p' }, text)).toMatch(
    /^Digest username="x\\"y\\\\z", realm="a\\"b", nonce="abc123", uri="sip:15550100002@sip\.example\.net", response="[\da-f]{64}", algorithm=SHA-256, opaque="o\\\\p"$/,
  );
});

test.each([
  [
    'Digest realm="a, b", nonce="n", qop="auth-int,auth", algorithm=md5, stale=TRUE',
    { realm: 'a, b', qop: 'auth', algorithm: 'MD5', stale: true },
  ],
  ['digest nonce="n",realm="r"', { qop: null, algorithm: 'MD5', stale: false, opaque: null }],
  [
    'Digest realm="r", nonce="n", qop="auth-int", algorithm="SHA-256", opaque=""',
    { qop: 'auth-int', algorithm: 'SHA-256', opaque: '' },
  ],
  ['Digest realm="r", nonce="n", algorithm=SHA-512-256', null],
  ['Digest realm="r", nonce="n", algorithm=MD5-sess', null],
  ['Digest realm="r", nonce="n", qop="token"', null],
  ['Digest realm="r"', null],
  ['Basic realm="r"', null],
  ['', null],
])('the challenge %s', (written, read) => {
  if (read === null) expect(readChallenge(written)).toBeNull();
  else expect(readChallenge(written)).toMatchObject(read);
});

const request: SipRequest = {
  kind: 'request',
  method: 'MESSAGE',
  uri: 'sip:a@b',
  headers: [],
  body: none,
};
function refusal(nonce: string, more = ''): SipResponse {
  const headers = [
    ['www-authenticate', `Digest realm="r", nonce="${nonce}", qop="auth"${more}`],
  ] as const;
  return { kind: 'response', status: 401, reason: 'Unauthorized', headers, body: none };
}

test('a fresh nonce is tried once; refused again, the login is wrong, unless it is called stale', () => {
  const auth = new Authorisation(own);
  const fresh = new Set<string>();
  expect(auth.hear(refusal('one'), { signed: auth.sign(request), fresh })).toBe('again');
  const signed = auth.sign(request);
  expect(auth.hear(refusal('two', ', stale=true'), { signed, fresh })).toBe('again');
  expect(auth.hear(refusal('three'), { signed: auth.sign(request), fresh })).toBe('refused');
});

test('the same nonce again, not stale, is a wrong login; one known from before is tried anew', () => {
  const auth = new Authorisation(own);
  auth.hear(refusal('one'), { signed: auth.sign(request), fresh: new Set() });
  expect(auth.hear(refusal('one'), { signed: auth.sign(request), fresh: new Set() })).toBe(
    'refused',
  );
  expect(auth.hear(refusal('two'), { signed: auth.sign(request), fresh: new Set() })).toBe('again');
});

test('requests that were on their way with an old nonce do not refuse the login', () => {
  const auth = new Authorisation(own);
  auth.hear(refusal('one'), { signed: auth.sign(request), fresh: new Set() });
  const [first, second] = [auth.sign(request), auth.sign(request)];
  expect(auth.hear(refusal('two'), { signed: first, fresh: new Set() })).toBe('again');
  expect(auth.hear(refusal('three'), { signed: second, fresh: new Set() })).toBe('again');
});

test('each use of a nonce is counted, and has a number of its own', () => {
  const auth = new Authorisation(own);
  auth.hear(refusal('one'), { signed: auth.sign(request), fresh: new Set() });
  const proofs = [1, 2, 3].map(() => auth.sign(request).request.headers[0]?.[1] ?? '');
  expect(proofs.map((each) => /nc=(\d+)/.exec(each)?.[1])).toEqual([
    '00000001',
    '00000002',
    '00000003',
  ]);
  expect(new Set(proofs.map((each) => /cnonce="([^"]+)"/.exec(each)?.[1])).size).toBe(3);
});
