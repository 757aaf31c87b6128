import { describe, expect, test } from 'vitest';

import type { ReceiptReceived } from '#shared/provider/delivery.ts';
import type { Message } from '#test/carriers/smsc-message.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

const receipt: Message = { from: '15550100002', to: '15550100001', esmClass: 0x04 };
const long = 'A long text that takes several parts. '.repeat(12);

const tlvs = (...pairs: readonly (readonly [number, Uint8Array | string])[]) =>
  new Map(
    pairs.map(([tag, value]) => [tag, typeof value === 'string' ? Buffer.from(value) : value]),
  );
const state = (value: number) => [0x0427, Uint8Array.of(value)] as const;
const network = (type: number, code: number) =>
  [0x0423, Uint8Array.of(type, code >> 8, code & 0xff)] as const;

async function told(message: Partial<Message>, more: Readonly<Record<string, string>> = {}) {
  await using smsc = await Smsc.start();
  await using desk = await SmppDesk.bound({ ...smsc.credentials, ...more });
  expect(await smsc.deliver({ ...receipt, ...message })).toBe(0);
  return desk.events;
}

const means = (stand: Partial<ReceiptReceived>) => [
  { kind: 'receipt', reference: null, failure: null, happenedAt: null, ...stand },
];

describe('a receipt', () => {
  test.each([
    [1, 'ENROUTE', ['sent', null]],
    [2, 'DELIVRD', ['delivered', null]],
    [3, 'EXPIRED', ['failed', 'expired']],
    [4, 'DELETED', ['failed', 'unmapped']],
    [5, 'UNDELIV', ['failed', 'unreachable']],
    [6, 'ACCEPTD', ['sent', null]],
    [7, 'UNKNOWN', ['sent', null]],
    [8, 'REJECTD', ['failed', 'filtered']],
  ] as const)('of state %i, %s, is %o', async (value, stat, [stands, kind]) => {
    const expected = means({
      providerMessageId: '1A2B3C',
      state: stands,
      failure: kind && { kind, raw: stat },
    });
    const byTlv = tlvs([0x001e, '1A2B3C\0'], state(value));
    expect(await told({ tlvs: byTlv })).toEqual(expected);
    expect(await told({ text: `id:1A2B3C stat:${stat}` })).toEqual(expected);
    expect(await told({ text: `ID:1A2B3C STAT:${stat.toLowerCase()}` })).toEqual(expected);
  });

  test.each([
    [
      'id:9 sub:001 dlvrd:001 submit date:2601011400 done date:2601011401 stat:DELIVRD err:000 text:Your table',
      { providerMessageId: '9', state: 'delivered' },
    ],
    [
      'stat:UNDELIV err:0x45 id:abc-9/Z done date:260101140159 sub:001',
      {
        providerMessageId: 'abc-9/Z',
        state: 'failed',
        failure: { kind: 'unreachable', raw: 'UNDELIV err:0x45' },
      },
    ],
    ['id:9 stat:DELIVRD text:id:7 stat:REJECTD', { providerMessageId: '9', state: 'delivered' }],
    ['text:hi id:9 stat:EXPIRED', { providerMessageId: '9', state: 'failed' }],
    [' id:9  stat:DELIVRD ', { providerMessageId: '9', state: 'delivered' }],
    ['id:9\nstat:DELIVRD\nerr:', { providerMessageId: '9', state: 'delivered', failure: null }],
  ])('in the words "%s" is read', async (text, stand) => {
    expect(await told({ text })).toMatchObject([stand]);
  });

  test('says by its parameters what its words say otherwise', async () => {
    const both = { text: 'id:1 stat:UNDELIV err:9', tlvs: tlvs([0x001e, '2'], state(2)) };
    expect(await told(both)).toEqual(means({ providerMessageId: '2', state: 'delivered' }));
  });

  test('has what its parameters leave out from its words', async () => {
    const some = { text: 'id:1 stat:UNDELIV err:034', tlvs: tlvs([0x001e, '2\0']) };
    const failure = { kind: 'unreachable', raw: 'UNDELIV err:034' } as const;
    expect(await told(some)).toEqual(means({ providerMessageId: '2', state: 'failed', failure }));
  });

  test.each([
    [network(3, 1), 'unknown-number', 'UNDELIV network 3 code 1'],
    [network(3, 27), 'unreachable', 'UNDELIV network 3 code 27'],
    [network(3, 34), 'carrier-trouble', 'UNDELIV network 3 code 34'],
    [network(3, 999), 'unreachable', 'UNDELIV network 3 code 999'],
    [network(2, 1), 'unreachable', 'UNDELIV network 2 code 1'],
    [[0x0423, Uint8Array.of(3, 1)] as const, 'unreachable', 'UNDELIV network 3 code 256'],
  ] as const)('with the network’s own cause %#', async (cause, kind, raw) => {
    const events = await told({ tlvs: tlvs([0x001e, '2'], state(5), cause) });
    expect(events).toMatchObject([{ state: 'failed', failure: { kind, raw } }]);
  });

  test.each([
    [{ tlvs: tlvs([0x001e, '2'], state(99)) }],
    [{ tlvs: tlvs([0x001e, '2'], state(0)) }],
    [{ text: 'id:2 stat:WHATEVER' }],
  ])('whose state nobody knows says nothing: %#', async (message) => {
    expect(await told(message)).toEqual([]);
  });

  test.each([
    ['an intermediate notice', { esmClass: 0x20, text: 'id:2 stat:ENROUTE' }],
    ['one sent as a text', { esmClass: 0x00, tlvs: tlvs([0x001e, '2'], state(1)) }],
    ['one in UCS-2', { dataCoding: 8, text: 'id:2 stat:ENROUTE' }],
    [
      'one with a header',
      { esmClass: 0x44, octets: Buffer.from('\x05\0\x03\x01\x02\x01id:2 stat:ENROUTE') },
    ],
    ['one in message_payload', { text: 'id:2 stat:ENROUTE', asPayload: true }],
  ] satisfies readonly (readonly [string, Partial<Message>])[])('%s', async (_what, message) => {
    expect(await told(message)).toMatchObject([{ providerMessageId: '2', state: 'sent' }]);
  });

  test('a text that looks like one is a text', async () => {
    const events = await told({ esmClass: 0, text: 'id:2 stat:DELIVRD' });
    expect(events).toMatchObject([{ kind: 'text-received', text: 'id:2 stat:DELIVRD' }]);
  });
});

describe('ids', () => {
  test.each([
    ['as-given', '00aB', '00aB'],
    ['hex', '00ab12', 'AB12'],
    ['hex', 'AB12', '000ab12'],
    ['hex-then-decimal', '1A2B3C', '1715004'],
    ['hex-then-decimal', '001a2b3c', '0001715004'],
    ['decimal-then-hex', '1715004', '1A2B3C'],
    ['decimal-then-hex', '0001715004', '001a2b3c'],
    ['decimal-then-hex', '98765432109876543210', '55AA54D38E5267EEA'],
    ['hex', 'no-number', 'no-number'],
  ])('in %s: %s in the answer is %s in the receipt', async (idFormat, answered, received) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'take', id: answered });
    await using desk = await SmppDesk.bound({ ...smsc.credentials, idFormat });
    const outcome = await desk.send();
    const id = outcome.kind === 'accepted' ? outcome.providerMessageId : outcome.kind;
    await smsc.deliver({ ...receipt, text: `id:${received} stat:DELIVRD` });
    expect(desk.events).toMatchObject([{ providerMessageId: id, state: 'delivered' }]);
  });
});

describe('a text in three parts', () => {
  async function sent() {
    const smsc = await Smsc.start();
    const desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: long })).toEqual({
      kind: 'accepted',
      providerMessageId: 'm1+m2+m3',
    });
    return {
      desk,
      tell: (id: string, stat: string) =>
        smsc.deliver({ ...receipt, text: `id:${id} stat:${stat}` }),
      async [Symbol.asyncDispose]() {
        await desk[Symbol.asyncDispose]();
        await smsc[Symbol.asyncDispose]();
      },
    };
  }

  const states = (desk: SmppDesk) =>
    desk.events.map((event) =>
      event.kind === 'receipt' ? `${event.providerMessageId} ${event.state}` : event.kind,
    );

  test('is delivered when all of them are, in whatever order', async () => {
    await using at = await sent();
    for (const id of ['m3', 'm1', 'm2']) await at.tell(id, 'DELIVRD');
    expect(states(at.desk)).toEqual(['m1+m2+m3 sent', 'm1+m2+m3 sent', 'm1+m2+m3 delivered']);
  });

  test('is not delivered by one part said delivered three times', async () => {
    await using at = await sent();
    for (const _ of [1, 2, 3]) await at.tell('m1', 'DELIVRD');
    expect(states(at.desk)).toEqual(['m1+m2+m3 sent']);
  });

  test('is not delivered by parts on their way', async () => {
    await using at = await sent();
    for (const id of ['m1', 'm2', 'm3']) await at.tell(id, 'ENROUTE');
    expect(states(at.desk)).toEqual(Array(3).fill('m1+m2+m3 sent'));
  });

  test('failed when one of them did, whatever the others say', async () => {
    await using at = await sent();
    await at.tell('m2', 'UNDELIV');
    for (const id of ['m1', 'm3']) await at.tell(id, 'DELIVRD');
    expect(states(at.desk)).toEqual(['m1+m2+m3 failed', 'm1+m2+m3 sent', 'm1+m2+m3 sent']);
  });

  test('leaves receipts of other texts alone', async () => {
    await using at = await sent();
    await at.tell('m4', 'DELIVRD');
    expect(states(at.desk)).toEqual(['m4 delivered']);
  });

  test('whose receipts were quicker than the answers', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = (_submit, count) => ({
      kind: 'take',
      id: `q${count}`,
      first: { ...receipt, text: `id:q${count} stat:DELIVRD` },
    });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: long })).toMatchObject({ providerMessageId: 'q1+q2+q3' });
    await expect.poll(() => states(desk)).toContain('q1+q2+q3 delivered');
    const own = states(desk).filter((each) => each.startsWith('q1+'));
    expect(own).toEqual(['q1+q2+q3 sent', 'q1+q2+q3 sent', 'q1+q2+q3 delivered']);
  });

  test('that is read after the program was restarted has what was known with it', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    await desk.send({ text: long });
    for (const id of ['m1', 'm2', 'm3'])
      await smsc.deliver({ ...receipt, text: `id:${id} stat:DELIVRD` });
    const before = desk.events;
    await desk.session.stop();
    await using later = await SmppDesk.bound(smsc.credentials);
    later.road.arrivals.push(...desk.road.arrivals);
    expect(later.events).toEqual(before);
    expect(states(later).at(-1)).toBe('m1+m2+m3 delivered');
  });
});

test('a text in one part whose receipt is quicker than the answer stands under its id', async () => {
  await using smsc = await Smsc.start();
  smsc.manners.submit = () => ({
    kind: 'take',
    id: 'q1',
    first: { ...receipt, text: 'id:q1 stat:DELIVRD' },
  });
  await using desk = await SmppDesk.bound(smsc.credentials);
  expect(await desk.send()).toEqual({ kind: 'accepted', providerMessageId: 'q1' });
  expect(desk.events).toMatchObject([{ providerMessageId: 'q1', state: 'delivered' }]);
});
