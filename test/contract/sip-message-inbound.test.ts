import { setTimeout as pause } from 'node:timers/promises';

import { expect, test as alone } from 'vitest';

import { valueOf } from '#test/carriers/sip-wire.ts';

import { SipDesk, type Way, ours, until } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const ways: readonly Way[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];

test.each(ways)('over %s a text comes in, is stored raw, and then answered', async (way) => {
  await using desk = await SipDesk.open(way);
  desk.carrier.deliver({ text: 'Grüße 👋\r\n\r\nzwei', from: '15550100777' });
  expect(await desk.answers(1)).toEqual(['SIP/2.0 200 OK']);
  const [arrival] = desk.arrivals;
  if (arrival === undefined) throw new Error('nothing came');
  expect(Buffer.from(arrival.body).toString('utf8')).toMatch(/^MESSAGE sip:15550100001@/);
  expect(desk.read(arrival)).toEqual([
    {
      kind: 'text-received',
      providerMessageId: expect.stringMatching(
        /^[\da-f]{16}@gw\.sip\.example\.net 102 [\da-f]{8}$/,
      ),
      from: '+15550100777',
      to: ours,
      text: 'Grüße 👋\r\n\r\nzwei',
      media: [],
      part: null,
      sentAt: null,
    },
  ]);
});

test('the answer copies what it must, in the order of the Vias, and tags To', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.deliver({ headers: [['v', 'SIP/2.0/UDP second.example;branch=z9hG4bKsecond']] });
  await desk.answers(1);
  const [answer] = desk.carrier.answers;
  if (answer === undefined) throw new Error('no answer');
  expect(answer.headers.filter(([name]) => name === 'via').map(([, value]) => value)).toEqual([
    expect.stringContaining('gw.sip.example.net'),
    'SIP/2.0/UDP second.example;branch=z9hG4bKsecond',
  ]);
  expect(valueOf(answer, 'to')).toMatch(/;tag=[\da-f]{16}$/);
  expect(valueOf(answer, 'cseq')).toBe('102 MESSAGE');
  expect(valueOf(answer, 'from')).toMatch(/^"Ann" </);
});

test('no answer goes out before the text is durable', async () => {
  await using desk = await SipDesk.open();
  let store = (): void => undefined;
  desk.store = () => new Promise((resolve) => (store = resolve));
  desk.carrier.deliver({});
  await pause(300);
  expect(desk.carrier.answers).toEqual([]);
  store();
  expect(await desk.answers(1)).toEqual(['SIP/2.0 200 OK']);
});

test('a text that cannot be stored is answered with 503; sent anew, it is stored once', async () => {
  await using desk = await SipDesk.open();
  desk.store = () => Promise.reject(new Error('disk full'));
  const bytes = desk.carrier.deliver({ text: 'keep me' });
  expect(await desk.answers(1)).toEqual(['SIP/2.0 503 Service Unavailable']);
  expect(
    valueOf(
      desk.carrier.answers[0] ?? { start: '', headers: [], body: Buffer.alloc(0) },
      'retry-after',
    ),
  ).toBe('5');
  desk.store = () => Promise.resolve();
  desk.carrier.deliver({ again: asNewTry(bytes, 'retry') });
  expect((await desk.answers(2))[1]).toBe('SIP/2.0 200 OK');
  expect(desk.arrivals).toHaveLength(1);
});

/* The same message in a transaction of its own, as a server sends it that lost the first one's answer. */
function asNewTry(bytes: Buffer, branch: string): Buffer {
  return Buffer.from(
    bytes.toString('latin1').replace(/branch=\S+/, `branch=z9hG4bK${branch}`),
    'latin1',
  );
}

test.each(['tcp', 'udp'] satisfies Way[])(
  'a request sent again gets its answer again, and is told once (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way);
    const bytes = desk.carrier.deliver({});
    await desk.answers(1);
    desk.carrier.deliver({ again: bytes });
    expect(await desk.answers(2)).toEqual(['SIP/2.0 200 OK', 'SIP/2.0 200 OK']);
    expect(desk.carrier.answers[1]).toEqual(desk.carrier.answers[0]);
    expect(desk.arrivals).toHaveLength(1);
  },
);

test('a request sent again while it is being stored is stored once and answered once', async () => {
  await using desk = await SipDesk.open('udp');
  let storing = 0;
  let store = (): void => undefined;
  desk.store = () => new Promise((resolve) => ((storing += 1), (store = resolve)));
  const bytes = desk.carrier.deliver({});
  for (const _again of [1, 2]) desk.carrier.deliver({ again: bytes });
  await pause(200);
  store();
  await desk.answers(1);
  await pause(100);
  expect(storing).toBe(1);
  expect(desk.carrier.answers).toHaveLength(1);
});

test('a text that comes as another request is answered with 200 and told with the same key', async () => {
  await using desk = await SipDesk.open();
  const bytes = desk.carrier.deliver({ text: 'once' });
  desk.carrier.deliver({ again: asNewTry(bytes, 'other') });
  desk.carrier.deliver({ text: 'once' });
  expect(await desk.answers(3)).toEqual(Array(3).fill('SIP/2.0 200 OK'));
  const keys = desk.arrivals.map(({ key }) => key);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
  const ids = desk.arrivals
    .map((each) => desk.read(each))
    .map(([event]) => event && 'providerMessageId' in event && event.providerMessageId);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});

test('a message with an id of its own is known by it, whatever carries it, and by its sender', async () => {
  await using desk = await SipDesk.open();
  const text = cpim('Hi', 'imdn.Message-ID: 1');
  for (const from of ['+15550100777', '+15550100777', '+15550100778'])
    desk.carrier.deliver({ type: 'message/cpim', text, from });
  await desk.answers(3);
  const [first, second, third] = desk.arrivals.map(({ key }) => key);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

function cpim(text: string, more = ''): string {
  return [
    'From: <sip:15550100777@sip.example.net>',
    'To: <sip:15550100001@sip.example.net>',
    'DateTime: 2026-01-01T14:00:00Z',
    'NS: imdn <urn:ietf:params:imdn>',
    ...(more === '' ? [] : [more]),
    '',
    'Content-Type: text/plain;charset=UTF-8',
    '',
    text,
  ].join('\r\n');
}

test.each(['INVITE', 'OPTIONS', 'NOTIFY', 'BYE', 'SUBSCRIBE'])(
  'a %s is answered and stored nowhere',
  async (method) => {
    await using desk = await SipDesk.open();
    const bytes = desk.carrier.deliver({});
    await desk.answers(1);
    const other = asNewTry(bytes, 'else').toString('latin1').replaceAll('MESSAGE', method);
    desk.carrier.deliver({ again: Buffer.from(other, 'latin1') });
    const answers: Record<string, string> = {
      INVITE: 'SIP/2.0 480 Temporarily Unavailable',
      OPTIONS: 'SIP/2.0 200 OK',
      BYE: 'SIP/2.0 481 Call/Transaction Does Not Exist',
    };
    expect((await desk.answers(2))[1]).toBe(answers[method] ?? 'SIP/2.0 405 Method Not Allowed');
    const allow = valueOf(
      desk.carrier.answers[1] ?? { start: '', headers: [], body: Buffer.alloc(0) },
      'allow',
    );
    if (method === 'OPTIONS' || answers[method] === undefined)
      expect(allow).toBe('MESSAGE, OPTIONS');
    expect(desk.arrivals).toHaveLength(1);
  },
);

test('an ACK is not answered, and an extension that is not known is refused by name', async () => {
  await using desk = await SipDesk.open();
  const bytes = desk.carrier.deliver({});
  await desk.answers(1);
  const ack = asNewTry(bytes, 'ack').toString('latin1').replaceAll('MESSAGE', 'ACK');
  desk.carrier.deliver({ again: Buffer.from(ack, 'latin1') });
  desk.carrier.deliver({ headers: [['Require', '100rel, gruu']] });
  expect((await desk.answers(2))[1]).toBe('SIP/2.0 420 Bad Extension');
  expect(
    valueOf(
      desk.carrier.answers[1] ?? { start: '', headers: [], body: Buffer.alloc(0) },
      'unsupported',
    ),
  ).toBe('100rel, gruu');
});

test('before the registrar said yes, a text is not taken', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  desk.carrier.whims.REGISTER.push({ taken: true, status: null });
  desk.keep();
  await until(() => desk.carrier.bindings.all()[0]);
  desk.carrier.deliver({});
  expect(await desk.answers(1)).toEqual(['SIP/2.0 480 Temporarily Unavailable']);
  expect(desk.arrivals).toEqual([]);
});

test('many texts at once are each stored and answered; more than a hundred wait at the carrier', async () => {
  await using desk = await SipDesk.open();
  const stores: (() => void)[] = [];
  desk.store = () => new Promise((resolve) => void stores.push(resolve));
  for (let each = 0; each < 130; each += 1) desk.carrier.deliver({ text: `text ${each}` });
  await desk.answers(30);
  expect(new Set(desk.carrier.answers.map(({ start }) => start))).toEqual(
    new Set(['SIP/2.0 503 Service Unavailable']),
  );
  await until(() => (stores.length === 100 ? true : undefined));
  for (const store of stores) store();
  await desk.answers(130);
  expect(desk.arrivals).toHaveLength(100);
});
