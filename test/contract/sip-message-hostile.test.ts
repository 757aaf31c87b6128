import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, test as alone } from 'vitest';

import { SipDesk, type Way, until } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const good = [
  'MESSAGE sip:15550100001@127.0.0.1 SIP/2.0',
  'Via: SIP/2.0/UDP gw.example:5060;branch=z9hG4bKhostile',
  'Max-Forwards: 70',
  'From: <sip:+15550100777@sip.example.net>;tag=1',
  'To: <sip:15550100001@127.0.0.1>',
  'Call-ID: hostile@gw.example',
  'CSeq: 1 MESSAGE',
  'Content-Type: text/plain',
  'Content-Length: 2',
];

const written = (lines: readonly string[], body = 'Hi'): string =>
  `${lines.join('\r\n')}\r\n\r\n${body}`;

/** The good message with one line in another's place; null leaves it out. */
function but(name: string, line: string | null): string {
  const lines = good.flatMap((each) =>
    each.startsWith(`${name}:`) ? (line === null ? [] : [line]) : [each],
  );
  return written(lines);
}

const first = (line: string): string => written([line, ...good.slice(1)]);
const extra = (...lines: readonly string[]): string => written([...good, ...lines]);

/** What is no message, or none that can be believed. `status`: it can be seen who asks, so he is told. */
const bad: readonly (readonly [what: string, message: string | Uint8Array, status?: string])[] = [
  ['noise', Uint8Array.from({ length: 400 }, (_, index) => (index * 37) % 256)],
  ['zeros', new Uint8Array(64)],
  ['HTTP', 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'],
  ['a first line of 5 KB', first(`MESSAGE sip:${'a'.repeat(5_000)}@x SIP/2.0`)],
  ['another version', first('MESSAGE sip:a@b SIP/3.0')],
  ['no address', first('MESSAGE SIP/2.0')],
  ['two addresses', first('MESSAGE sip:a@b sip:c@d SIP/2.0')],
  ['a status of 999', first('SIP/2.0 999 Odd')],
  ['no headers at all', 'MESSAGE sip:a@b SIP/2.0\r\n\r\n'],
  ['a line without a colon', extra('Nonsense')],
  ['a header with a space in its name', extra('X Y: z')],
  ['a NUL in a header', extra('X-A: a\0b')],
  ['a bare line feed', extra('X-A: a\nX-B: b')],
  ['a header of 9 KB', extra(`X-A: ${'a'.repeat(9_000)}`)],
  ['200 headers', extra(...Array.from({ length: 200 }, (_, index) => `X-${index}: 1`))],
  ['a length that is longer', but('Content-Length', 'Content-Length: 3')],
  ['a length of minus two', but('Content-Length', 'Content-Length: -2')],
  ['a length in hex', but('Content-Length', 'Content-Length: 0x2')],
  ['two lengths', extra('Content-Length: 1')],
  ['two lengths, one of them short', extra('l: 0')],
  ['two Call-IDs', extra('i: other@gw.example')],
  ['two senders', extra('f: <sip:911@sip.example.net>;tag=2')],
  ['no Via', but('Via', null)],
  ['no branch’s Via', but('Via', 'Via: nonsense'), '400'],
  ['no sender', but('From', null), '400'],
  ['a sender that is none', but('From', 'From: <>;tag=1'), '400'],
  ['a sender without end', but('From', 'From: "Ann <sip:a@b>;tag=1'), '400'],
  ['no recipient', but('To', null), '400'],
  ['no Call-ID', but('Call-ID', null), '400'],
  ['a Call-ID with spaces', but('Call-ID', 'Call-ID: a b'), '400'],
  ['a Call-ID of 600 letters', but('Call-ID', `Call-ID: ${'a'.repeat(600)}`), '400'],
  ['no CSeq', but('CSeq', null), '400'],
  ['a CSeq of another method', but('CSeq', 'CSeq: 1 INVITE'), '400'],
  ['a CSeq of 2^31', but('CSeq', 'CSeq: 2147483648 MESSAGE'), '400'],
  ['an answer nobody waits for', written(['SIP/2.0 200 OK', ...good.slice(1)])],
  [
    'an answer with two Vias',
    written(['SIP/2.0 200 OK', ...good.slice(1), 'v: SIP/2.0/UDP x;branch=z9hG4bKy']),
  ],
];

test.each(bad)(
  'over UDP: %s is not taken, and the session stays',
  async (...[_what, message, status]) => {
    await using desk = await SipDesk.open('udp');
    desk.carrier.say(
      typeof message === 'string' ? Buffer.from(message, 'latin1') : (message ?? ''),
    );
    desk.carrier.deliver({ text: 'still here' });
    await desk.untilArrived(1);
    await pause(20);
    const answers = desk.carrier.answers.map(({ start }) => start.slice(8, 11));
    expect(answers.toSorted()).toEqual(status === undefined ? ['200'] : ['200', status]);
    expect(desk.arrivals.flatMap((each) => desk.read(each))).toMatchObject([
      { text: 'still here' },
    ]);
    expect(desk.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
  },
);

test('the message that the bad ones were made of is taken', async () => {
  await using desk = await SipDesk.open('udp');
  desk.carrier.say(written(good));
  desk.carrier.say(
    extra('Content-Length: 2', 'X-Folded: a\r\n b')
      .replace('hostile@', 'second@')
      .replace('Khostile', 'Ksecond'),
  );
  expect(await desk.answers(2)).toEqual(['SIP/2.0 200 OK', 'SIP/2.0 200 OK']);
  expect(desk.arrivals.flatMap((each) => desk.read(each))).toMatchObject([
    { text: 'Hi' },
    { text: 'Hi' },
  ]);
});

test('a datagram longer than its Content-Length is cut to it', async () => {
  await using desk = await SipDesk.open('udp');
  desk.carrier.say(`${written(good)} and more`);
  expect((await desk.untilArrived(1)).flatMap((each) => desk.read(each))).toMatchObject([
    { text: 'Hi' },
  ]);
});

/** What a stream cannot be followed after. */
const breaking: readonly (readonly [string, string | Uint8Array])[] = [
  ['a message without a length', but('Content-Length', null)],
  ['two lengths that differ', extra('Content-Length: 3')],
  ['a length that is none', but('Content-Length', 'Content-Length: two')],
  ['a length of a gigabyte', but('Content-Length', 'Content-Length: 1000000000')],
  ['a length over 64 KiB', but('Content-Length', 'Content-Length: 65537')],
  ['headers without end', `MESSAGE sip:a@b SIP/2.0\r\n${'X-A: b\r\n'.repeat(10_000)}`],
  ['noise', `${'noise '.repeat(20_000)}`],
  ['a line that is no header', extra('Nonsense')],
  ['half a line break', '\rMESSAGE sip:a@b SIP/2.0\r\n\r\n'],
];

test.each(breaking)(
  'over TCP: %s ends the connection, and another is made',
  async (_what, bytes) => {
    await using desk = await SipDesk.open('tcp');
    desk.carrier.say(bytes);
    expect((await desk.untilState('trouble')).sentence).toMatch(
      /^The server sent what is not SIP: /,
    );
    await desk.untilState('ok', 3);
    desk.carrier.deliver({ text: 'still here' });
    expect((await desk.untilArrived(1)).flatMap((each) => desk.read(each))).toMatchObject([
      { text: 'still here' },
    ]);
  },
);

test('over TCP a message in pieces of one byte, with signs of life around it, is one message', async () => {
  await using desk = await SipDesk.open('tcp');
  for (const byte of Buffer.from(`\r\n\r\n${written(good)}`)) {
    desk.carrier.say(Uint8Array.of(byte));
    if (byte === 0x0a) await pause(1);
  }
  expect((await desk.untilArrived(1)).flatMap((each) => desk.read(each))).toMatchObject([
    { text: 'Hi' },
  ]);
});

test('over TCP several messages in one piece are several messages', async () => {
  await using desk = await SipDesk.open('tcp');
  const several = ['one', 'two', 'three'].map((each) =>
    written(good).replace('hostile@', `${each}@`).replace('Khostile', `K${each}`),
  );
  desk.carrier.say(several.join('\r\n'));
  expect(await desk.untilArrived(3)).toHaveLength(3);
  expect(await desk.answers(3)).toHaveLength(3);
});

test.each(['ws', 'wss'] satisfies Way[])(
  'over a WebSocket what is no message is dropped, and what is too large ends the connection (%s)',
  async (way) => {
    await using desk = await SipDesk.open(way);
    for (const [, message] of bad.slice(3, 12)) desk.carrier.say(message);
    desk.carrier.deliver({ text: 'still here' });
    await desk.untilArrived(1);
    expect(desk.states.map(({ state }) => state)).toEqual(['starting', 'ok']);
    desk.carrier.say('x'.repeat(65_537));
    await desk.untilState('trouble');
    await desk.untilState('ok', 3);
  },
);

test('over UDP nobody but the server is heard, whatever he knows', async () => {
  await using desk = await SipDesk.open('udp');
  const [binding] = desk.carrier.bindings.all();
  const port = Number(/:(\d+);/.exec(binding?.contact ?? '')?.[1]);
  const stranger = createSocket('udp4');
  await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.3', resolve));
  const answers: string[] = [];
  stranger.on('message', (bytes) => answers.push(bytes.toString()));
  for (let each = 0; each < 3; each += 1) stranger.send(written(good), port, '127.0.0.1');
  await pause(200);
  desk.carrier.deliver({ text: 'the server’s' });
  await desk.untilArrived(1);
  stranger.close();
  expect(answers).toEqual([]);
  expect(desk.arrivals.flatMap((each) => desk.read(each))).toMatchObject([
    { text: 'the server’s' },
  ]);
});

test('a reason of 10 KB, or one with what looks like a header, breaks nothing', async () => {
  await using desk = await SipDesk.open('tcp');
  desk.carrier.whims.MESSAGE.push({ taken: false, status: `403 ${'a'.repeat(10_000)}` });
  expect(await desk.adapter.send(desk.text(), 300)).toMatchObject({ kind: 'unknown' });
  desk.carrier.whims.MESSAGE.push({ taken: false, status: '403 X-Evil: yes <script>' });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({
    kind: 'refused',
    failure: { raw: '403: X-Evil: yes <script>' },
  });
  await until(() => (desk.states.at(-1)?.state === 'ok' ? true : undefined));
});
