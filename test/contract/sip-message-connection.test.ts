import { expect, test } from 'vitest';

import { findProvider } from '#main/providers/registry.ts';
import { sipMessage } from '#main/providers/sip-message/adapter.ts';
import { SipCarrier, account, domain } from '#test/carriers/sip-carrier.ts';
import { valueOf } from '#test/carriers/sip-wire.ts';
import { RawServer, closedPort } from '#test/fakes/raw-server.ts';

import { SipDesk, type Way, credentialsFor, openAdapter, until } from './sip-desk.ts';

const least = { domain, ...account };

function open(credentials: Readonly<Record<string, string>>, baseUrl: string | null = null) {
  return sipMessage.open({ connectionId: 'c1', baseUrl, credentials, numbers: [], hooks: [] });
}

test('the registry offers it, with a session and without hooks, pictures or lists', () => {
  expect(findProvider('sip-message')).toBe(sipMessage);
  expect(sipMessage.capabilities).toMatchObject({
    keepsSession: true,
    hooks: [],
    mms: false,
    media: null,
    deliveryReceipts: false,
    listsMessages: false,
  });
  const { adapter } = open(least);
  expect(adapter.listTexts).toBeUndefined();
  expect(adapter.mediaAccess()).toEqual({ origins: [], headers: {} });
});

test('every field that is offered is read, and secret is what is secret', () => {
  const fields = sipMessage.capabilities.credentials;
  expect(fields.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(['password']);
  expect(fields.filter(({ optional }) => !optional).map(({ name }) => name)).toEqual([
    'domain',
    'username',
    'password',
  ]);
  for (const { name, choices } of fields)
    if (name === 'password') continue;
    else if (choices === undefined)
      expect(() => open({ ...least, [name]: '\u0007' }), name).toThrow(name);
    else
      expect(() => open({ ...least, [name]: 'neither' }), name).toThrow(
        `credentials.${name} must be`,
      );
  for (const { choices = [], name } of fields)
    for (const choice of choices)
      expect(
        () =>
          open({
            ...least,
            cpim: 'yes',
            wssUrl: 'wss://x.example/',
            [name]: choice,
            ...(name === 'cpim' ? { imdn: 'no' } : {}),
          }),
        `${name} ${choice}`,
      ).not.toThrow();
});

test.each([
  [{ domain: '' }, 'credentials.domain is missing'],
  [{ domain: undefined }, 'credentials.domain is missing'],
  [{ username: undefined }, 'credentials.username is missing'],
  [{ password: undefined }, 'credentials.password is missing'],
  [{ password: '' }, 'credentials.password is missing'],
  [{ domain: 'sip.example.net\r\nX: y' }, 'credentials.domain must be the name of a host'],
  [{ domain: 'user@sip.example.net' }, 'credentials.domain must be the name of a host'],
  [{ username: 'a>b' }, 'credentials.username'],
  [{ username: 'a b' }, 'credentials.username'],
  [{ fromUser: 'a\r\nb' }, 'credentials.fromUser'],
  [{ authUser: 'a\nb' }, 'credentials.authUser'],
  [{ server: 'sip.example.net:99999' }, 'credentials.server must have a port below 65536'],
  [{ server: 'https://sip.example.net' }, 'credentials.server must be a host, or host:port'],
  [{ senderHeader: 'X-A: b\r\nX-B' }, 'credentials.senderHeader must be the name of a header'],
  [
    { senderHeader: 'Authorization' },
    'credentials.senderHeader must not be a header every request has',
  ],
  [
    { senderHeader: 'Content-Length' },
    'credentials.senderHeader must not be a header every request has',
  ],
  [{ senderHeader: 'f' }, 'credentials.senderHeader must not be a header every request has'],
  [{ didHeader: 'X Y' }, 'credentials.didHeader'],
  [{ transport: 'wss' }, 'credentials.wssUrl is missing'],
  [
    { transport: 'wss', wssUrl: 'ws://sip.example.net/' },
    'credentials.wssUrl must be a wss address, or a ws one of this machine',
  ],
  [
    { transport: 'wss', wssUrl: 'https://sip.example.net/' },
    'credentials.wssUrl must be a wss address',
  ],
  [{ transport: 'sctp' }, 'credentials.transport must be one of tls, tcp, wss, udp'],
  [{ tlsCa: 'my password' }, 'credentials.tlsCa must be a certificate in PEM'],
  [{ expires: '59' }, 'credentials.expires must be a whole number from 60 to 86400'],
  [{ expires: '1e3' }, 'credentials.expires must be a whole number'],
  [{ keepAlive: '0' }, 'credentials.keepAlive must be a whole number from 1 to 600'],
  [{ maxBytes: '69' }, 'credentials.maxBytes must be a whole number from 70 to 4000'],
  [{ imdn: 'yes' }, 'credentials.cpim must be yes'],
])('%o does not open: it names the field and quotes nothing', (change, problem) => {
  const given = Object.entries({ ...least, ...change }).filter(([, value]) => value !== undefined);
  const credentials = Object.fromEntries(given) as Record<string, string>;
  expect(() => open(credentials)).toThrow(`SIP connection: ${problem}`);
  for (const value of Object.values(change).filter((each) => each !== undefined && each.length > 4))
    expect(() => open(credentials)).not.toThrow(value);
});

test('an address beside the credentials does not open', () => {
  expect(() => open(least, 'https://sip.example.net')).toThrow(
    'SIP connection: baseUrl must be left out',
  );
});

test('no call to a hook is ever authentic, whatever it holds', () => {
  const { guard } = open(least);
  for (const body of ['', '{}', 'MESSAGE sip:a@b SIP/2.0\r\n\r\n']) {
    const raw = {
      provider: 'sip-message',
      connectionId: 'c1',
      method: 'POST',
      url: 'https://hooks.example/hooks/sip-message/c1',
      headers: { authorization: 'Bearer s3cret' },
      body: Buffer.from(body),
      receivedAt: Date.now(),
    };
    expect(guard.authenticate(raw)).toBe('forged');
    expect(guard.reply(raw).status).toBe(404);
  }
});

test.each(['udp', 'tcp', 'tls', 'ws', 'wss'] satisfies Way[])(
  'good credentials are found good over %s, and nobody’s registration is touched',
  async (way) => {
    await using carrier = await SipCarrier.start();
    const peer = {
      transport: 'TCP',
      name: 'x',
      send: () => undefined,
      hangUp: () => undefined,
    } as const;
    const other = { contact: 'sip:15550100001@192.0.2.9:5060', peer, until: Date.now() + 60_000 };
    carrier.bindings.add(other);
    const adapter = openAdapter(credentialsFor(carrier, way));
    expect(await adapter.testCredentials(5_000)).toEqual({
      kind: 'told',
      answer: { account: '15550100001@sip.example.net' },
    });
    expect(carrier.requests.map((each) => valueOf(each, 'contact'))).toEqual(['', '']);
    expect(carrier.bindings.all()).toEqual([other]);
    expect(carrier.complaints).toEqual([]);
  },
);

test('a registrar that wants to be registered with is, and at once taken leave of', async () => {
  await using carrier = await SipCarrier.start();
  carrier.bindings.demandsContact = true;
  carrier.bindings.leastExpires = 120;
  const adapter = openAdapter(credentialsFor(carrier, 'tcp'));
  expect(await adapter.testCredentials(5_000)).toMatchObject({ kind: 'told' });
  expect(carrier.requests.map((each) => valueOf(each, 'expires'))).toEqual([
    '',
    '',
    '60',
    '120',
    '0',
  ]);
  expect(carrier.bindings.all()).toEqual([]);
});

test('a test beside an open session leaves the session registered', async () => {
  await using desk = await SipDesk.open();
  const before = desk.carrier.bindings.all();
  expect(await desk.adapter.testCredentials(5_000)).toMatchObject({ kind: 'told' });
  expect(desk.carrier.bindings.all()).toEqual(before);
});

test.each([
  ['403 Forbidden', 'not-allowed', '403: Forbidden'],
  ['404 Not Found', 'credentials', '404: Not Found'],
  ['429 Too Many', 'rate-limited', '429: Too Many'],
  ['480 Gone fishing', 'not-allowed', '480: Gone fishing'],
  ['503 Busy', 'carrier-trouble', '503: Busy'],
  ['405 Method Not Allowed', 'not-allowed', '405: Method Not Allowed'],
] as const)('a registrar that answers %s', async (...[status, kind, raw]) => {
  await using carrier = await SipCarrier.start();
  carrier.whims.REGISTER.push({ taken: false, status }, { taken: false, status });
  const adapter = openAdapter(credentialsFor(carrier, 'tcp'));
  expect(await adapter.testCredentials(5_000)).toEqual({
    kind: 'not-told',
    failure: { kind, raw },
  });
});

test('a wrong password is wrong, and is tried once', async () => {
  await using carrier = await SipCarrier.start();
  const adapter = openAdapter({ ...credentialsFor(carrier, 'tcp'), password: 'wrong' });
  expect(await adapter.testCredentials(5_000)).toEqual({
    kind: 'not-told',
    failure: { kind: 'credentials', raw: '401: the user name or password was refused' },
  });
  expect(carrier.gatekeeper.refused).toBe(1);
});

test('where nobody is, nobody answers, or the certificate is not good, it says so', async () => {
  await using carrier = await SipCarrier.start();
  await using mute = await RawServer.start();
  const { tlsCa: _gone, ...untrusting } = credentialsFor(carrier, 'tls');
  const closed = { ...least, transport: 'tcp', server: `127.0.0.1:${await closedPort()}` };
  const cases = [
    [closed, { kind: 'network', raw: expect.stringContaining('ECONNREFUSED') as unknown }],
    [untrusting, { kind: 'network', raw: expect.stringContaining('is not trusted') as unknown }],
    [
      { ...closed, server: `127.0.0.1:${mute.port}` },
      { kind: 'no-answer', raw: 'no answer in time' },
    ],
    [
      { ...closed, transport: 'udp' },
      { kind: 'no-answer', raw: 'no answer in time' },
    ],
  ] as const;
  for (const [credentials, failure] of cases) {
    const start = performance.now();
    expect(await openAdapter(credentials).testCredentials(400)).toEqual({
      kind: 'not-told',
      failure,
    });
    expect(performance.now() - start).toBeLessThan(1_500);
  }
});

test('a trunk that registers nobody is asked with OPTIONS', async () => {
  await using carrier = await SipCarrier.start();
  const adapter = openAdapter({ ...credentialsFor(carrier, 'tcp'), register: 'no' });
  expect(await adapter.testCredentials(5_000)).toMatchObject({ kind: 'told' });
  expect(carrier.heard.every((each) => each.startsWith('OPTIONS'))).toBe(true);
});

test('the server says by OPTIONS whether it takes texts, or says nothing of it', async () => {
  await using carrier = await SipCarrier.start();
  const adapter = openAdapter(credentialsFor(carrier, 'tcp'));
  if (!('askAbilities' in adapter) || typeof adapter.askAbilities !== 'function')
    throw new Error('no abilities');
  const ask = adapter.askAbilities as (deadlineMs: number) => Promise<unknown>;
  for (const [allow, takesMessages] of [
    ['INVITE, ACK, message', true],
    ['INVITE, ACK, BYE', false],
    ['', null],
  ] as const) {
    carrier.allow = allow;
    expect(await ask(5_000)).toEqual({ kind: 'told', answer: { takesMessages } });
  }
  carrier.whims.OPTIONS.push({ taken: false, status: '405 Method Not Allowed' });
  expect(await ask(5_000)).toMatchObject({ kind: 'not-told' });
  await until(() => (carrier.complaints.length === 0 ? true : undefined));
});
