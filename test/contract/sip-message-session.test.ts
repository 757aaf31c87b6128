import { setTimeout as pause } from 'node:timers/promises';

import { expect, test as alone } from 'vitest';

import { SipCarrier } from '#test/carriers/sip-carrier.ts';
import { type WireMessage, valueOf } from '#test/carriers/sip-wire.ts';
import { makeCertificate } from '#test/fakes/make-certificate.ts';
import { RawServer } from '#test/fakes/raw-server.ts';

import { SipDesk, type Way, credentialsFor, until } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

function registrations({ requests }: SipCarrier): readonly WireMessage[] {
  return requests.filter(({ start }) => start.startsWith('REGISTER'));
}

const proved = (requests: readonly WireMessage[]): readonly WireMessage[] =>
  requests.filter((each) => valueOf(each, 'authorization') !== '');

test('a registration is renewed between half and nine tenths of its time, under one Call-ID', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  desk.carrier.bindings.grants = 2;
  desk.keep();
  await desk.untilState('ok');
  const start = performance.now();
  await until(() => (proved(registrations(desk.carrier)).length >= 3 ? true : undefined));
  const taken = performance.now() - start;
  expect(taken).toBeGreaterThan(1_900);
  expect(taken).toBeLessThan(4_500);
  const all = registrations(desk.carrier);
  expect(new Set(all.map((each) => valueOf(each, 'call-id'))).size).toBe(1);
  expect(all.map((each) => valueOf(each, 'cseq'))).toEqual(
    all.map((_, index) => `${index + 1} REGISTER`),
  );
  expect(new Set(all.map((each) => /<([^>]+)>/.exec(valueOf(each, 'contact'))?.[1])).size).toBe(1);
  expect(desk.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
});

test('a registrar that wants longer registrations gets them', async () => {
  await using desk = await SipDesk.open('tcp', { expires: '60' }, { register: false });
  desk.carrier.bindings.leastExpires = 1_800;
  desk.keep();
  await desk.untilState('ok');
  expect(valueOf(registrations(desk.carrier).at(-1) as WireMessage, 'expires')).toBe('1800');
});

test.each(['tcp', 'tls', 'wss'] satisfies Way[])(
  'after the connection broke the session comes back by itself (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way);
    desk.carrier.cut();
    await desk.untilState('trouble');
    await desk.untilState('ok', 3);
    expect(desk.states.map(({ state }) => state)).toEqual([
      'starting',
      'ok',
      'trouble',
      'starting',
      'ok',
    ]);
    expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
    desk.carrier.deliver({ text: 'back' });
    expect((await desk.untilArrived(1)).map((each) => desk.read(each))).toMatchObject([
      [{ text: 'back' }],
    ]);
  },
);

test('while nobody listens it tries again, with pauses, and says why', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  await desk.carrier.closeDoor('tcp');
  desk.keep();
  const { sentence } = await desk.untilState('trouble');
  expect(sentence).toMatch(/^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\.$/);
  await until(() =>
    desk.states.filter(({ state }) => state === 'starting').length > 2 ? true : undefined,
  );
});

test.each([
  ['403 Forbidden', /does not let this account register from here \(403: Forbidden\)/],
  ['404 Not Found', /does not know this account \(404: Not Found\)/],
  ['405 Method Not Allowed', /registers nobody \(405: Method Not Allowed\)/],
  ['503 Service Unavailable', /did not register us \(503: Service Unavailable\)/],
  ['423 Interval Too Brief', /did not register us \(423/],
])('a registrar that answers %s is quoted', async (status, sentence) => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  desk.carrier.whims.REGISTER.push({ taken: false, status });
  desk.keep();
  expect((await desk.untilState('trouble')).sentence).toMatch(sentence);
});

test('a registrar that asks to be left alone is left alone for that long', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  const headers = [['Retry-After', '2']] as const;
  desk.carrier.whims.REGISTER.push({ taken: false, status: '503 Busy', headers });
  desk.keep();
  await desk.untilState('trouble');
  const start = performance.now();
  await desk.untilState('ok');
  expect(performance.now() - start).toBeGreaterThan(1_900);
});

test('a server that answered signs of life and stops is taken to be gone', async () => {
  await using desk = await SipDesk.open('tcp', { keepAlive: '1' });
  await until(() => (desk.carrier.pings >= 2 ? true : undefined));
  expect(desk.states.at(-1)?.state).toBe('ok');
  desk.carrier.answersPings = false;
  expect((await desk.untilState('trouble')).sentence).toBe('The server no longer answers.');
});

test.each(['tcp', 'ws', 'udp'] satisfies Way[])(
  'a server that never answers signs of life is left in peace, and still gets them (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way, { keepAlive: '1' }, { register: false });
    desk.carrier.answersPings = false;
    desk.keep();
    await until(() => (desk.carrier.pings >= 2 ? true : undefined));
    expect(desk.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
  },
);

test('a text without an answer has the registration renewed at once', async () => {
  await using desk = await SipDesk.open();
  const before = registrations(desk.carrier).length;
  desk.carrier.whims.MESSAGE.push({ taken: true, status: null });
  await desk.adapter.send(desk.text(), 100);
  await until(() => (registrations(desk.carrier).length > before ? true : undefined));
});

test('stopping takes the registration back and ends the connection', async () => {
  await using desk = await SipDesk.open();
  expect(desk.carrier.bindings.all()).toHaveLength(1);
  await desk.session?.stop();
  expect(desk.carrier.bindings.all()).toEqual([]);
  expect(valueOf(registrations(desk.carrier).at(-1) as WireMessage, 'expires')).toBe('0');
});

test('stopping leaves the registrations of others alone', async () => {
  await using desk = await SipDesk.open();
  const [{ peer } = { peer: null }] = desk.carrier.bindings.all();
  if (peer === null) throw new Error('not registered');
  const other = { contact: 'sip:15550100001@192.0.2.9:5060', peer, until: Date.now() + 60_000 };
  desk.carrier.bindings.add(other);
  await desk.session?.stop();
  expect(desk.carrier.bindings.all()).toEqual([other]);
});

test('stopping waits for a text that is on its way, and its answer counts', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, afterMs: 500 });
  const sending = desk.adapter.send(desk.text(), 5_000);
  await until(() => desk.carrier.taken[0]);
  await desk.session?.stop();
  expect(await sending).toMatchObject({ kind: 'accepted' });
});

test('stopping waits for a text that is being stored, and it is answered', async () => {
  await using desk = await SipDesk.open();
  let store = (): void => undefined;
  desk.store = () => new Promise((resolve) => (store = resolve));
  desk.carrier.deliver({});
  await pause(50);
  const stopping = desk.session?.stop();
  await pause(100);
  store();
  await stopping;
  expect(await desk.answers(1)).toEqual(['SIP/2.0 200 OK']);
});

test('a server that says nothing holds up nobody: stopping ends within 5 s, and at once while not registered', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.REGISTER.push({ taken: false, status: null });
  const start = performance.now();
  await desk.session?.stop();
  expect(performance.now() - start).toBeGreaterThan(4_000);
  expect(performance.now() - start).toBeLessThan(6_000);
  desk.carrier.whims.REGISTER.push({ taken: false, status: null });
  desk.keep();
  await until(() => (desk.carrier.whims.REGISTER.length === 0 ? true : undefined));
  const again = performance.now();
  await desk.session?.stop();
  expect(performance.now() - again).toBeLessThan(1_000);
});

test('stopping while a connection is being opened does not wait for it', async () => {
  await using mute = await RawServer.start();
  await using desk = await SipDesk.open(
    'tls',
    { server: `127.0.0.1:${mute.port}` },
    { register: false },
  );
  desk.keep();
  await until(() => (mute.sockets.size > 0 ? true : undefined));
  const start = performance.now();
  await desk.session?.stop();
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('others on the same account are told of', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  const peer = {
    transport: 'TCP',
    name: 'x',
    send: () => undefined,
    hangUp: () => undefined,
  } as const;
  const until = Date.now() + 60_000;
  desk.carrier.bindings.add({ contact: 'sip:15550100001@192.0.2.9:5060', peer, until });
  desk.keep();
  expect((await desk.untilState('ok')).sentence).toBe(
    'Registered with sip.example.net over TCP, unencrypted; 1 more device is registered on this account and may get texts in our place',
  );
});

test.each([
  ['the name it is for', 'localhost', true, 'ok'],
  ['an address it is for', '127.0.0.1', true, 'ok'],
  ['an authority that did not sign it', '127.0.0.1', false, 'trouble'],
] as const)('over TLS a certificate is judged: %s', async (...[_what, host, trusted, state]) => {
  const carrier = await SipCarrier.start();
  await using desk = await SipDesk.open('tls', {}, { carrier, register: false });
  const { tlsCa, ...rest } = credentialsFor(carrier, 'tls');
  const server = `${host}:${carrier.port('tls')}`;
  desk.reopen({ ...rest, server, ...(trusted && tlsCa !== undefined ? { tlsCa } : {}) });
  desk.keep();
  const { sentence } = await desk.untilState(state);
  if (state === 'ok') return;
  expect(sentence).toMatch(/^The certificate of 127\.0\.0\.1:\d+ is not trusted \([A-Z_]+\)\.$/);
  expect(carrier.heard).toEqual([]);
});

test.each(['tls', 'wss'] satisfies Way[])(
  'a certificate for another name is not trusted, and no password is proved (%s)',
  async (way) => {
    const made = makeCertificate('elsewhere.example');
    const carrier = await SipCarrier.start(made);
    const more = { tlsCa: made.cert };
    await using desk = await SipDesk.open(way, more, { carrier, register: false });
    desk.keep();
    expect((await desk.untilState('trouble')).sentence).toMatch(/ERR_TLS_CERT_ALTNAME_INVALID/);
    expect(carrier.heard).toEqual([]);
  },
);

test('a WebSocket that does not speak SIP is not used', async () => {
  const carrier = await SipCarrier.start();
  carrier.speaksSip = false;
  await using desk = await SipDesk.open('ws', {}, { carrier, register: false });
  desk.keep();
  expect((await desk.untilState('trouble')).sentence).toMatch(
    /does not speak SIP|cannot be reached/,
  );
  expect(carrier.heard).toEqual([]);
});

test('a trunk that registers nobody is asked whether it is there', async () => {
  await using desk = await SipDesk.open('tcp', { register: 'no' });
  expect(desk.states.at(-1)?.sentence).toBe('Connected to sip.example.net over TCP, unencrypted');
  expect(desk.carrier.heard.every((each) => each.startsWith('OPTIONS sip:sip.example.net '))).toBe(
    true,
  );
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
  await desk.session?.stop();
  expect(desk.carrier.heard.some((each) => each.startsWith('REGISTER'))).toBe(false);
});

test.each(['439 First Hop Lacks Outbound Support', '420 Bad Extension'])(
  'RFC 5626 is asked for where the profile says, and left where it is answered with %s',
  async (status) => {
    await using desk = await SipDesk.open('tcp', { outbound: 'yes' }, { register: false });
    desk.carrier.whims.REGISTER.push({ taken: false, status });
    desk.keep();
    await desk.untilState('ok');
    const all = proved(registrations(desk.carrier));
    expect(all.map((each) => valueOf(each, 'contact').includes(';reg-id=1'))).toEqual([
      true,
      false,
    ]);
    expect(all.map((each) => valueOf(each, 'supported'))).toEqual(['outbound, path', '']);
  },
);
