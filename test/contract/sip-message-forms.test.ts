import { expect, test } from 'vitest';

import { sipMessage } from '#main/providers/sip-message/adapter.ts';
import type { FailureKind } from '#shared/provider/send-failure.ts';
import { SipCarrier } from '#test/carriers/sip-carrier.ts';
import { valueOf } from '#test/carriers/sip-wire.ts';
import { hostileTexts } from '#test/fixtures/hostile-texts.ts';

import { SipDesk, credentialsFor, ours, theirs } from './sip-desk.ts';

test('what no profile can carry is refused before anything leaves', async () => {
  await using desk = await SipDesk.open();
  const cases: readonly (readonly [Parameters<typeof desk.text>[0], FailureKind])[] = [
    [{ text: 'é'.repeat(451) }, 'too-long'],
    [{ mediaUrls: ['https://pictures.example/cat.png'] }, 'media'],
    [{ to: 'Trunkline' }, 'invalid-number'],
    [{ to: '+0123' }, 'invalid-number'],
    [{ to: '+1555010000200000' }, 'invalid-number'],
    [{ to: '+15550100002@evil.example' }, 'invalid-number'],
    [{ to: '+15550100002 SIP/2.0\r\nX-Evil: yes\r\n\r\n' }, 'invalid-number'],
    [{ to: '+15550100002;user=phone' }, 'invalid-number'],
    [{ to: '' }, 'invalid-number'],
    [{ from: '+1555>\r\nP-Asserted-Identity: <sip:911@x' }, 'not-allowed'],
    [{ from: 'Shop' }, 'not-allowed'],
  ];
  for (const [change, kind] of cases)
    expect(await desk.adapter.send(desk.text(change), 5_000), JSON.stringify(change)).toMatchObject(
      {
        kind: 'refused',
        failure: { kind },
      },
    );
  expect(desk.carrier.heard.every((each) => each.startsWith('REGISTER'))).toBe(true);
});

test.each(['tcp', 'udp'] as const)(
  'a text that looks like SIP is a text: nothing of it becomes a header or a request (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way, { maxBytes: '4000' });
    const texts = [
      'Hi\r\nX-Evil: yes\r\n\r\nMESSAGE sip:+15550100009@sip.example.net SIP/2.0\r\nVia: x',
      '\r\n\r\n',
      '',
      'SIP/2.0 200 OK\r\n\r\n',
      '\u0000\u0001\u007f\u2028\ufeff',
      '👩‍👩‍👧‍👦'.repeat(20),
      ...hostileTexts.filter((each) => Buffer.byteLength(each) < 3_000),
    ];
    for (const [index, text] of texts.entries()) {
      const to = `+1555010${String(2_000 + index)}`;
      const sent = await desk.adapter.send(desk.text({ text, to }), 5_000);
      expect(sent, JSON.stringify(text)).toMatchObject({ kind: 'accepted' });
      expect(desk.carrier.taken.at(-1)?.message.body.toString('utf8')).toBe(text);
    }
    expect(desk.carrier.taken).toHaveLength(texts.length);
  },
);

test.each([
  ['e164plus', theirs, theirs],
  ['e164', theirs, '15550100002'],
  ['nanp10', theirs, '5550100002'],
  ['e164', '+442079460958', '442079460958'],
  ['e164plus', '72345', '72345'],
  ['nanp10', '72345', '72345'],
] as const)('the number format %s writes %s as %s', async (numberFormat, to, written) => {
  await using desk = await SipDesk.open('tcp', { numberFormat });
  expect(await desk.adapter.send(desk.text({ to }), 5_000)).toMatchObject({ kind: 'accepted' });
  expect(desk.carrier.taken[0]?.to).toBe(written);
});

test('a number the format has no room for is refused', async () => {
  await using desk = await SipDesk.open('tcp', { numberFormat: 'nanp10' });
  expect(await desk.adapter.send(desk.text({ to: '+442079460958' }), 5_000)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'invalid-number' },
  });
});

test.each([
  [{}, ours, {}],
  [
    { senderHeader: 'P-Asserted-Identity' },
    '15550100001',
    { 'p-asserted-identity': `<sip:${ours}@sip.example.net>` },
  ],
  [
    { senderHeader: 'P-Preferred-Identity', fromUser: 'trunk' },
    'trunk',
    { 'p-preferred-identity': `<sip:${ours}@sip.example.net>` },
  ],
  [
    { senderHeader: 'X-Sender', numberFormat: 'nanp10' },
    '15550100001',
    { 'x-sender': '5550100001' },
  ],
  [{ fromUser: 'gateway' }, 'gateway', {}],
] as const)('the line is named where the profile says: %o', async (more, from, headers) => {
  await using desk = await SipDesk.open('tcp', more);
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
  const [taken] = desk.carrier.taken;
  expect(taken?.from).toBe(from);
  for (const [name, value] of Object.entries(headers))
    expect(taken && valueOf(taken.message, name)).toBe(value);
});

test('CPIM is dropped where the carrier takes plain text alone: at once for this text, and for good', async () => {
  await using desk = await SipDesk.open('tcp', { cpim: 'yes', imdn: 'yes' });
  for (const each of [1, 2])
    expect(await desk.adapter.send(desk.text(), 5_000), String(each)).toMatchObject({
      kind: 'accepted',
    });
  const types = desk.carrier.requests
    .filter(({ start }) => start.startsWith('MESSAGE'))
    .map((each) => valueOf(each, 'content-type'));
  expect(types).toEqual(['message/cpim', 'text/plain;charset=UTF-8', 'text/plain;charset=UTF-8']);
});

test('a body type refused with an Accept that has no plain text is refused, once', async () => {
  await using desk = await SipDesk.open('tcp', { cpim: 'yes' });
  desk.carrier.whims.MESSAGE.push({
    taken: false,
    status: '415 Unsupported Media Type',
    headers: [['Accept', 'application/json']],
  });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({
    kind: 'refused',
    failure: { kind: 'content' },
  });
});

test('where CPIM is taken, the text asks for receipts under an id that begins with our uid', async () => {
  await using desk = await SipDesk.open('tcp', { cpim: 'yes', imdn: 'yes' });
  desk.carrier.refusesCpim = false;
  expect(desk.adapter.capabilities).toMatchObject({
    deliveryReceipts: true,
    echoesReference: true,
  });
  const text = desk.text({ text: 'Grüße\r\n\r\nContent-Type: text/html\r\n\r\n<b>' });
  const sent = await desk.adapter.send(text, 5_000);
  const id = sent.kind === 'accepted' ? sent.providerMessageId : '';
  expect(id.startsWith(`${text.uid}.`)).toBe(true);
  const body = desk.carrier.taken[0]?.message.body.toString('utf8') ?? '';
  expect(
    body
      .replace(/DateTime: \S+/, 'DateTime: T')
      .split('\r\n')
      .slice(0, 9),
  ).toEqual([
    `From: <sip:${ours}@sip.example.net>`,
    `To: <sip:${theirs}@sip.example.net>`,
    'DateTime: T',
    'NS: imdn <urn:ietf:params:imdn>',
    `imdn.Message-ID: ${id}`,
    'imdn.Disposition-Notification: positive-delivery, negative-delivery, display',
    '',
    'Content-Type: text/plain;charset=UTF-8',
    '',
  ]);
  expect(body.endsWith(`\r\n\r\n${text.text}`)).toBe(true);
});

test('a profile says how long texts may be', async () => {
  const carrier = await SipCarrier.start();
  const { adapter } = sipMessage.open({
    connectionId: 'c1',
    baseUrl: null,
    credentials: { ...credentialsFor(carrier, 'tcp'), maxBytes: '160' },
    numbers: [ours],
    hooks: [],
  });
  expect(adapter.capabilities.maxTextUnits).toBe(160);
  await carrier[Symbol.asyncDispose]();
});
