import { expect, test as alone } from 'vitest';

import { valueOf } from '#test/carriers/sip-wire.ts';

import { SipDesk, type Way } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const gates = [
  { algorithms: ['MD5'], qop: 'auth' },
  { algorithms: ['MD5'], qop: null },
  { algorithms: ['MD5'], qop: 'auth-int' },
  { algorithms: ['MD5'], qop: 'auth,auth-int' },
  { algorithms: ['SHA-256'], qop: 'auth' },
  { algorithms: ['SHA-256'], qop: 'auth-int' },
  { algorithms: ['SHA-512-256', 'SHA-256', 'MD5'], qop: 'auth' },
  { algorithms: ['MD5', 'SHA-256'], qop: 'auth', best: 'SHA-256' },
  { algorithms: ['MD5'], qop: 'auth', proxy: true },
] as const;

test.each(gates)('a proof that is asked for as %o is given', async (wanted) => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  const { best = null, ...gate } = { best: undefined, ...wanted };
  Object.assign(desk.carrier.gatekeeper.gate, gate);
  desk.keep();
  await desk.untilState('ok');
  const text = desk.text({ text: 'ünï ✓' });
  expect(await desk.adapter.send(text, 5_000)).toMatchObject({ kind: 'accepted' });
  expect(desk.carrier.gatekeeper.refused).toBe(0);
  const name = 'proxy' in wanted ? 'proxy-authorization' : 'authorization';
  const proof = valueOf(
    desk.carrier.taken[0]?.message ?? { start: '', headers: [], body: Buffer.alloc(0) },
    name,
  );
  if (best !== null) expect(proof).toContain(`algorithm=${best}`);
  if (wanted.qop === 'auth,auth-int') expect(proof).toContain('qop=auth,');
});

test('a login name of its own is proved, and a name with quotes is quoted', async () => {
  await using desk = await SipDesk.open('tcp', { authUser: 'a"b\\c' }, { register: false });
  const { gatekeeper } = desk.carrier;
  const judge = gatekeeper.judge.bind(gatekeeper);
  gatekeeper.judge = (request) =>
    judge(request, (user) => (user === 'a"b\\c' ? 's3cret' : undefined));
  desk.keep();
  await desk.untilState('ok');
  expect(gatekeeper.refused).toBe(0);
});

test.each(['tcp', 'udp'] satisfies Way[])(
  'a wrong password is tried once, and then not again for minutes (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way, { password: 'wrong' }, { register: false });
    desk.keep();
    const { sentence } = await desk.untilState('trouble');
    expect(sentence).toBe('sip.example.net refused the user name or the password: correct them.');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(desk.carrier.gatekeeper.refused).toBe(1);
    expect(desk.carrier.heard).toHaveLength(2);
  },
);

test('an algorithm that is not known is said to be so, and nothing is proved', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  Object.assign(desk.carrier.gatekeeper.gate, { algorithms: ['SHA-512-256'] });
  desk.keep();
  const { sentence } = await desk.untilState('trouble');
  expect(sentence).toContain('neither MD5 nor SHA-256');
  expect(desk.carrier.heard).toHaveLength(1);
});

test('one proof of who we are serves many texts, each counted', async () => {
  await using desk = await SipDesk.open();
  for (const each of [1, 2, 3])
    expect(await desk.adapter.send(desk.text(), 5_000), String(each)).toMatchObject({
      kind: 'accepted',
    });
  expect(desk.carrier.gatekeeper.refused).toBe(0);
  expect(desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'))).toHaveLength(3);
});

test.each([true, false])(
  'a nonce that aged is replaced and the text goes out once (said to be stale: %s)',
  async (saysStale) => {
    await using desk = await SipDesk.open();
    Object.assign(desk.carrier.gatekeeper.gate, { usesOfNonce: 1, saysStale });
    for (const each of [1, 2, 3])
      expect(await desk.adapter.send(desk.text(), 5_000), String(each)).toMatchObject({
        kind: 'accepted',
      });
    expect(desk.carrier.taken).toHaveLength(3);
  },
);

test('a password that was changed meanwhile refuses the text, after one try with a fresh nonce', async () => {
  await using desk = await SipDesk.open();
  const { gatekeeper } = desk.carrier;
  const judge = gatekeeper.judge.bind(gatekeeper);
  gatekeeper.judge = (request) => judge(request, () => 'changed');
  gatekeeper.forget();
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'credentials', raw: '401: the user name or password was refused' },
  });
  expect(gatekeeper.refused).toBe(2);
  gatekeeper.judge = judge;
});
