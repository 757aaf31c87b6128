import { describe, expect, test } from 'vitest';

import { UnreadableDelivery } from '#shared/provider/delivery.ts';
import type { Message } from '#test/carriers/smsc-message.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk, asRaw, ours, theirs } from './smpp-desk.ts';

const message: Message = { from: '15550100002', to: '15550100001', text: 'Hello there' };
const tlv = (tag: number, ...octets: number[]) => [tag, Uint8Array.from(octets)] as const;

async function bound(more: Readonly<Record<string, string>> = {}) {
  const smsc = await Smsc.start();
  const desk = await SmppDesk.bound({ ...smsc.credentials, ...more });
  return {
    smsc,
    desk,
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]();
      await smsc[Symbol.asyncDispose]();
    },
  };
}

describe('a customer’s text', () => {
  test.each([
    ['in the default alphabet', { text: 'Ok @ 5 € {é}' }, 'Ok @ 5 € {é}'],
    ['in IA5', { dataCoding: 1, octets: Buffer.from('[a@b_$]') }, '[a@b_$]'],
    ['in GSM-7 called IA5', { dataCoding: 1, octets: Uint8Array.of(0x41, 0x00, 0x05) }, 'A@é'],
    ['in Latin-1', { dataCoding: 3, text: 'Ça va, Zoë? ½' }, 'Ça va, Zoë? ½'],
    ['in UCS-2', { dataCoding: 8, text: 'Привет 👋🏽' }, 'Привет 👋🏽'],
    ['in Cyrillic', { dataCoding: 6, octets: Uint8Array.of(0xbf, 0xe0, 0xd8) }, 'При'],
    ['in Hebrew', { dataCoding: 7, octets: Uint8Array.of(0xf9, 0xec) }, 'של'],
    ['in Japanese', { dataCoding: 5, octets: Uint8Array.of(0x82, 0xa0) }, 'あ'],
    ['in Korean', { dataCoding: 14, octets: Uint8Array.of(0xb0, 0xa1) }, '가'],
    ['flashed on the screen', { dataCoding: 0xf0, text: 'now @' }, 'now @'],
    ['flashed in UCS-2', { dataCoding: 0x18, octets: Uint8Array.of(0x04, 0x1f) }, 'П'],
    ['as octets that are UTF-8', { dataCoding: 4, octets: Buffer.from('zwölf 👍') }, 'zwölf 👍'],
    ['in message_payload', { text: 'long '.repeat(100), asPayload: true }, 'long '.repeat(100)],
    ['whose default alphabet is not GSM-7', { octets: Buffer.from('Zoë', 'latin1') }, 'Zoë'],
    ['with nothing in it', { text: '' }, ''],
    [
      'with a surrogate alone',
      { dataCoding: 8, octets: Uint8Array.of(0xd8, 0x3d, 0, 65) },
      '\ufffdA',
    ],
  ] satisfies readonly (readonly [string, Partial<Message>, string])[])(
    '%s is read as it was meant',
    async (_what, change, text) => {
      await using at = await bound();
      expect(await at.smsc.deliver({ ...message, ...change })).toBe(0);
      expect(at.desk.events).toEqual([
        {
          kind: 'text-received',
          providerMessageId: expect.stringMatching(/./),
          from: theirs,
          to: ours,
          text,
          media: [],
          part: null,
          sentAt: null,
        },
      ]);
    },
  );

  test('by data_sm is read too', async () => {
    await using at = await bound();
    expect(await at.smsc.deliver(message, true)).toBe(0);
    expect(at.desk.events).toMatchObject([{ text: 'Hello there', from: theirs, to: ours }]);
  });

  test('where the carrier’s default is Latin-1', async () => {
    await using at = await bound({ alphabet: 'latin-1' });
    await at.smsc.deliver({ ...message, octets: Buffer.from('@ £ [é]', 'latin1') });
    expect(at.desk.events).toMatchObject([{ text: '@ £ [é]' }]);
  });

  test.each([
    [{ from: '5550100002', fromTon: 2 }, { from: theirs }],
    [{ from: '+15550100002', fromTon: 0 }, { from: theirs }],
    [{ from: '4712345678', fromTon: 1 }, { from: '+4712345678' }],
    [{ from: '72345', fromTon: 3 }, { from: '72345' }],
    [{ from: '72345', fromTon: 1 }, { from: '72345' }],
    [{ from: 'Bank', fromTon: 5 }, { from: 'Bank' }],
    [{ from: '12345678', fromTon: 5 }, { from: '12345678' }],
    [{ to: '5550100001', toTon: 2 }, { to: ours }],
    [{ to: '5550100001', toTon: 1 }, { to: ours }],
    [{ to: '' }, { to: ours }],
    [{ to: '15550100009' }, { to: '+15550100009' }],
  ] satisfies readonly (readonly [Partial<Message>, object])[])(
    'with %o has the numbers %o',
    async (change, means) => {
      await using at = await bound();
      await at.smsc.deliver({ ...message, ...change });
      expect(at.desk.events).toMatchObject([means]);
    },
  );

  test.each([
    [
      '8 bits',
      [0x05, 0x00, 0x03, 0xcc, 2, 1],
      { reference: 0xcc, width: 8, total: 2, sequence: 1 },
    ],
    [
      '16 bits',
      [0x06, 0x08, 0x04, 0x12, 0x34, 3, 2],
      { reference: 0x1234, width: 16, total: 3, sequence: 2 },
    ],
    ['other elements', [0x07, 0x05, 0x01, 0x00, 0x70, 0x02, 0x01, 0x00], null],
    ['an impossible place', [0x05, 0x00, 0x03, 0xcc, 2, 3], null],
    ['one part in all', [0x05, 0x00, 0x03, 0xcc, 1, 1], null],
  ])('with a header of %s', async (_what, header, part) => {
    await using at = await bound();
    const octets = Buffer.concat([Uint8Array.from(header), Buffer.from('piece')]);
    await at.smsc.deliver({ ...message, esmClass: 0x40, octets });
    expect(at.desk.events).toMatchObject([{ text: 'piece', part }]);
  });

  test('with a national alphabet in its header', async () => {
    await using at = await bound();
    const octets = Uint8Array.of(0x03, 0x24, 0x01, 0x01, 0x1b, 0x47, 0x1b, 0x69);
    await at.smsc.deliver({ ...message, esmClass: 0x40, octets });
    expect(at.desk.events).toMatchObject([{ text: 'Ğı', part: null }]);
  });

  test.each([
    [
      [tlv(0x020c, 0, 9), tlv(0x020e, 2), tlv(0x020f, 2)],
      { reference: 9, width: 16, total: 2, sequence: 2 },
    ],
    [[tlv(0x020c, 0, 9), tlv(0x020e, 2)], null],
    [[tlv(0x020c, 0, 9), tlv(0x020e, 2), tlv(0x020f, 3)], null],
    [[tlv(0x020c, 9), tlv(0x020e, 2), tlv(0x020f, 1)], null],
    [[tlv(0x020c, 0, 9), tlv(0x020e, 1), tlv(0x020f, 1)], null],
  ])('with its place in parameters %#', async (tlvs, part) => {
    await using at = await bound();
    await at.smsc.deliver({ ...message, tlvs: new Map(tlvs) });
    expect(at.desk.events).toMatchObject([{ text: 'Hello there', part }]);
  });

  test('that comes right behind the answer to the bind', async () => {
    await using smsc = await Smsc.start();
    const answered: Promise<number>[] = [];
    smsc.onBound = () => void answered.push(smsc.deliver(message));
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await Promise.all(answered)).toEqual([0]);
    expect(desk.events).toMatchObject([{ text: 'Hello there' }]);
  });
});

describe('what cannot be understood', () => {
  test.each([
    ['a picture in octets', { dataCoding: 4, octets: Uint8Array.of(0x30, 0x00, 0xff) }],
    ['an alphabet nobody knows', { dataCoding: 0x0f, octets: Uint8Array.of(0xff) }],
    ['broken Korean', { dataCoding: 14, octets: Uint8Array.of(0xb0) }],
    ['a handset’s acknowledgement', { esmClass: 0x08 }],
    ['a handset’s own acknowledgement', { esmClass: 0x10 }],
    ['nobody as sender', { from: '' }],
    ['a receipt that names no message', { esmClass: 0x04, text: 'stat:DELIVRD' }],
    ['a receipt that names no state', { esmClass: 0x04, text: 'id:1' }],
  ] satisfies readonly (readonly [string, Partial<Message>])[])(
    '%s is stored, answered and kept for a person',
    async (_what, change) => {
      await using at = await bound();
      expect(await at.smsc.deliver({ ...message, ...change })).toBe(0);
      expect(at.desk.road.arrivals).toHaveLength(1);
      expect(() => at.desk.events).toThrow(UnreadableDelivery);
    },
  );

  test('headers that are not the session’s own are nobody’s word', async () => {
    await using at = await bound();
    await at.smsc.deliver(message);
    const [arrival] = at.desk.road.arrivals;
    const raw = asRaw(arrival ?? { body: new Uint8Array(), headers: {}, key: '' });
    expect(() => at.desk.adapter.readDelivery({ ...raw, headers: {} })).toThrow(UnreadableDelivery);
    for (let length = 0; length < raw.body.length; length += 1) {
      const cut = { ...raw, body: raw.body.subarray(0, length) };
      expect(() => at.desk.adapter.readDelivery(cut)).toThrow(UnreadableDelivery);
    }
  });
});

describe('storing', () => {
  test('nothing is answered before it is durable', async () => {
    await using at = await bound();
    const { promise, resolve } = Promise.withResolvers<null>();
    at.desk.road.gate = promise;
    let status: number | null = null;
    const answered = at.smsc.deliver(message).then((answer) => (status = answer));
    await expect.poll(() => at.desk.road.appends).toBe(1);
    await new Promise((wait) => setTimeout(wait, 50));
    expect(status).toBeNull();
    resolve(null);
    expect(await answered).toBe(0);
  });

  test('what could not be stored is refused for now, and stored when it comes again', async () => {
    await using at = await bound();
    at.desk.road.isFailing = true;
    expect(await at.smsc.deliver(message)).toBe(0x08);
    expect(await at.smsc.deliver(message, true)).toBe(0x08);
    at.desk.road.isFailing = false;
    expect(await at.smsc.deliver(message)).toBe(0);
    expect(at.desk.events).toMatchObject([{ text: 'Hello there' }]);
  });

  test('more at once than can be stored stay with the carrier', async () => {
    await using at = await bound();
    const { promise, resolve } = Promise.withResolvers<null>();
    at.desk.road.gate = promise;
    const answers = Array.from({ length: 230 }, (_, index) =>
      at.smsc.deliver({ ...message, text: `text ${index}` }),
    );
    await expect.poll(() => at.desk.road.appends).toBe(200);
    expect(await Promise.all(answers.slice(200))).toEqual(Array(30).fill(0x64));
    resolve(null);
    expect(await Promise.all(answers.slice(0, 200))).toEqual(Array(200).fill(0));
    expect(at.desk.events).toHaveLength(200);
  });
});
