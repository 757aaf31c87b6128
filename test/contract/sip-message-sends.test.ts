import { setTimeout as pause } from 'node:timers/promises';

import { expect, test as alone } from 'vitest';

import { SipDesk, type Way, ours, theirs, until } from './sip-desk.ts';

/* Most of these wait for something, so they wait together. */
const test = alone.concurrent;

const ways: readonly Way[] = ['udp', 'tcp', 'tls', 'ws', 'wss'];
const unknown = { kind: 'unknown', failure: { kind: 'no-answer' } };

test.each(ways)('over %s a session registers and a text is taken', async (way) => {
  await using desk = await SipDesk.open(way);
  const text = desk.text({ text: 'Your table is ready ✓' });
  expect(await desk.adapter.send(text, 5_000)).toEqual({
    kind: 'accepted',
    providerMessageId: expect.stringMatching(/^[\da-f-]{36} \d+$/),
  });
  expect(desk.carrier.taken).toMatchObject([
    { to: theirs, from: ours, transport: way.toUpperCase() },
  ]);
  expect(desk.carrier.taken[0]?.message.body.toString('utf8')).toBe('Your table is ready ✓');
});

test('texts sent at once have ids of their own, each to its own recipient', async () => {
  await using desk = await SipDesk.open();
  const sends = Array.from({ length: 30 }, (_, index) =>
    desk.adapter.send(desk.text({ to: `+1555010${String(1_000 + index)}` }), 5_000),
  );
  const ids = (await Promise.all(sends)).map((each) =>
    each.kind === 'accepted' ? each.providerMessageId : each.kind,
  );
  expect(new Set(ids).size).toBe(30);
  expect(desk.carrier.taken).toHaveLength(30);
});

test('of several texts to one recipient each waits for the answer to the one before, in their order', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, afterMs: 150 });
  const sends = [1, 2, 3].map((each) =>
    desk.adapter.send(desk.text({ text: `part ${each}` }), 5_000),
  );
  const other = desk.adapter.send(desk.text({ to: '+15550100003', text: 'other' }), 5_000);
  await other;
  expect(desk.carrier.taken.map(({ message }) => message.body.toString())).toEqual([
    'part 1',
    'other',
  ]);
  await Promise.all(sends);
  expect(desk.carrier.taken.map(({ message }) => message.body.toString())).toEqual([
    'part 1',
    'other',
    'part 2',
    'part 3',
  ]);
});

test('a text whose recipient is busy with another until the deadline has not left', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, status: null });
  const first = desk.adapter.send(desk.text(), 600);
  expect(await desk.adapter.send(desk.text(), 100)).toMatchObject({
    kind: 'unsent',
    failure: { kind: 'network' },
  });
  expect(await first).toMatchObject(unknown);
  expect(desk.carrier.taken).toHaveLength(1);
});

test('a provisional answer is no answer yet', async () => {
  await using desk = await SipDesk.open('udp');
  desk.carrier.whims.MESSAGE.push({ taken: true, status: '100 Trying' });
  expect(await desk.adapter.send(desk.text(), 300)).toMatchObject(unknown);
});

test('no answer within the deadline leaves the outcome unknown, and the text is not sent again', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, status: null });
  const start = performance.now();
  expect(await desk.adapter.send(desk.text(), 300)).toMatchObject(unknown);
  expect(performance.now() - start).toBeLessThan(1_000);
  await pause(300);
  expect(desk.carrier.taken).toHaveLength(1);
});

test.each([
  ['202 Accepted', { state: 'accepted', failure: null }],
  [
    '404 Not Found',
    { state: 'failed', failure: { kind: 'unknown-number', raw: '404: Not Found' } },
  ],
  ['503 Busy', { state: 'failed', failure: { kind: 'carrier-trouble', raw: '503: Busy' } }],
] as const)(
  'an answer of %s that comes too late settles the unknown text',
  async (status, means) => {
    await using desk = await SipDesk.open();
    desk.carrier.whims.MESSAGE.push({ taken: true, status, afterMs: 400 });
    const text = desk.text();
    expect(await desk.adapter.send(text, 150)).toMatchObject(unknown);
    const [late] = await desk.untilArrived(1);
    expect(late && desk.read(late)).toEqual([
      {
        kind: 'receipt',
        providerMessageId: expect.stringMatching(/^[\da-f-]{36} \d+$/),
        reference: text.uid,
        happenedAt: null,
        ...means,
      },
    ]);
  },
);

test('a late answer that leaves it open settles nothing', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, status: '500 Oops', afterMs: 300 });
  expect(await desk.adapter.send(desk.text(), 100)).toMatchObject(unknown);
  const [late] = await desk.untilArrived(1);
  expect(late && desk.read(late)).toEqual([]);
});

test('a challenge that comes after the deadline is not answered, so the text was not taken', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.gatekeeper.gate.usesOfNonce = 0;
  desk.carrier.whims.MESSAGE.push({ taken: false, status: null });
  const { gatekeeper } = desk.carrier;
  const judge = gatekeeper.judge.bind(gatekeeper);
  gatekeeper.gate.usesOfNonce = 1_000;
  gatekeeper.judge = () => null;
  desk.carrier.whims.MESSAGE.splice(0, 1, {
    taken: false,
    status: '401 Unauthorized',
    headers: [['WWW-Authenticate', 'Digest realm="x", nonce="fresh", algorithm=MD5']],
    afterMs: 400,
  });
  expect(await desk.adapter.send(desk.text(), 100)).toMatchObject(unknown);
  const [late] = await desk.untilArrived(1);
  expect(late && desk.read(late)).toMatchObject([
    { kind: 'receipt', state: 'failed', failure: { kind: 'carrier-trouble' } },
  ]);
  gatekeeper.judge = judge;
  expect(desk.carrier.taken).toEqual([]);
  expect(desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'))).toHaveLength(1);
});

test('a connection that breaks after the carrier took the text leaves the outcome unknown', async () => {
  await using desk = await SipDesk.open();
  desk.carrier.whims.MESSAGE.push({ taken: true, status: null, hangUp: true });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject(unknown);
  expect(desk.carrier.taken).toHaveLength(1);
});

const notSent = { kind: 'unsent', failure: { kind: 'network' }, retryAfterMs: null };

test('without a session nothing leaves: none kept, one that is gone, one that was stopped', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject(notSent);
  const session = desk.keep();
  await desk.untilState('ok');
  await desk.carrier.closeDoor('tcp');
  await desk.untilState('trouble');
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject(notSent);
  await session.stop();
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject(notSent);
  expect(desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'))).toEqual([]);
});

test('while the registrar has not answered nothing leaves', async () => {
  await using desk = await SipDesk.open('tcp', {}, { register: false });
  desk.carrier.whims.REGISTER.push({ taken: true, status: null });
  desk.keep();
  await until(() => desk.carrier.bindings.all()[0]);
  expect(await desk.adapter.send(desk.text(), 200)).toMatchObject(notSent);
});

test('a lost answer over UDP: the request goes again by T1, is taken once, and its answer is heard', async () => {
  await using desk = await SipDesk.open('udp');
  desk.carrier.whims.MESSAGE.push({ taken: true, lost: true });
  const start = performance.now();
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
  expect(performance.now() - start).toBeGreaterThan(450);
  expect(desk.carrier.taken).toHaveLength(1);
  expect(desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'))).toHaveLength(2);
});

test('over UDP the pauses double from T1; over TCP nothing goes twice', async () => {
  for (const [way, times] of [
    ['udp', 3],
    ['tcp', 1],
  ] as const) {
    await using desk = await SipDesk.open(way);
    desk.carrier.whims.MESSAGE.push({ taken: true, status: null });
    expect(await desk.adapter.send(desk.text(), 2_000)).toMatchObject(unknown);
    const heard = desk.carrier.heard.filter((each) => each.startsWith('MESSAGE'));
    expect(heard, way).toHaveLength(times);
  }
});

test('a text too large for a datagram goes over TCP to the same server, small ones over UDP', async () => {
  await using desk = await SipDesk.open('udp', { maxBytes: '2000' });
  const long = desk.text({ text: 'ü'.repeat(700) });
  expect(await desk.adapter.send(long, 5_000)).toMatchObject({ kind: 'accepted' });
  expect(await desk.adapter.send(desk.text(), 5_000)).toMatchObject({ kind: 'accepted' });
  expect(desk.carrier.taken.map(({ transport }) => transport)).toEqual(['TCP', 'UDP']);
});

test('a text too large for a datagram, where there is no TCP, is refused as too long', async () => {
  await using desk = await SipDesk.open('udp', { maxBytes: '2000' });
  await desk.carrier.closeDoor('tcp');
  expect(await desk.adapter.send(desk.text({ text: 'x'.repeat(1_400) }), 5_000)).toEqual({
    kind: 'refused',
    failure: { kind: 'too-long', raw: expect.stringMatching(/^\d{4} bytes are too many for UDP/) },
  });
  expect(desk.carrier.taken).toEqual([]);
});
