import { describe, expect, test } from 'vitest';

import { writeDeliver } from '#test/carriers/smsc-message.ts';
import { onlyLink } from '#test/carriers/smsc-reading.ts';
import { ids, writeUnit } from '#test/carriers/smsc-units.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

const message = { from: '15550100002', to: '15550100001', text: 'Hello' };

describe('hostile units', () => {
  const head = (length: number, id = 0x05, sequence = 1) => {
    const octets = Buffer.alloc(16);
    [length, id, 0, sequence].forEach((value, index) => octets.writeUInt32BE(value, index * 4));
    return octets;
  };

  test.each([
    ['a huge length', head(0xffff_ffff)],
    ['a length one past the roof', head(65_537)],
    ['a length shorter than a header', head(15)],
    ['a length of nothing', head(0)],
    ['words', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ])('%s: it is told so, and the session begins anew', async (_what, octets) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    link.socket.write(octets);
    await expect.poll(() => link.strays).toMatchObject([{ id: ids.nack, status: 0x02 }]);
    await expect.poll(() => smsc.binds).toHaveLength(2);
    await desk.isOk();
    expect(desk.road.arrivals).toEqual([]);
  });

  test('a good one before a bad one in the same packet still counts', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    const body = writeDeliver(message);
    const good = writeUnit({ id: ids.deliver, status: 0, sequence: 7, body });
    link.socket.write(Buffer.concat([good, head(1)]));
    await expect.poll(() => desk.events).toMatchObject([{ text: 'Hello' }]);
  });

  test.each([
    ['an outbind', ids.outbind],
    ['a bind', ids.bindTransceiver],
    ['a submit_sm', ids.submit],
    ['a command nobody knows', 0x7777],
    ['a vendor’s command', 0x0001_0200],
  ])('%s is refused by name, and the session stands', async (_what, id) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    expect(await link.ask(id, Buffer.from('peer\0secret\0'))).toBe(0x03);
    expect(link.strays).toMatchObject([{ id: ids.nack }]);
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(smsc.binds).toHaveLength(1);
  });

  test.each([
    ['answers to nothing', head(16, 0x8000_0004, 4711)],
    ['an answer to another question', head(16, 0x8000_0015, 2)],
    ['a nack to nothing', head(16, 0x8000_0000, 0)],
    ['an alert', head(16, 0x102, 5)],
    ['units octet by octet', head(16, 0x15, 9)],
  ])('%s changes nothing', async (_what, octets) => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    for (const octet of octets) {
      link.socket.write(Buffer.of(octet));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
    expect(smsc.binds).toHaveLength(1);
  });

  test('an answer of another kind with the number of a text is not its answer', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    smsc.manners.submit = () => {
      link.socket.write(head(16, 0x8000_0015, 2));
      return { kind: 'take', afterMs: 50 };
    };
    expect(await desk.send()).toEqual({ kind: 'accepted', providerMessageId: 'm1' });
  });

  test('a generic_nack that calls itself a success binds nobody', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = () => {
      for (const { socket } of smsc.links) socket.write(head(16, ids.nack, 1));
      return 'silent';
    };
    await using desk = new SmppDesk(smsc.credentials);
    await expect.poll(() => desk.road.state?.state).toBe('trouble');
    expect(desk.road.states.map(({ state }) => state)).not.toContain('ok');
  });

  test('messages cut short at any octet are kept for a person, and the session stands', async () => {
    await using smsc = await Smsc.start();
    await using desk = await SmppDesk.bound(smsc.credentials);
    const link = await onlyLink(smsc);
    const tlvs = new Map([[0x020c, Uint8Array.of(0, 1)]]);
    const body = writeDeliver({ ...message, tlvs });
    const whole = [body.length, body.length - 6];
    for (let length = 0; length < body.length; length += 1) {
      if (whole.includes(length)) continue;
      expect(await link.ask(ids.deliver, body.subarray(0, length))).toBe(0);
    }
    expect(desk.road.arrivals).toHaveLength(body.length - 1);
    expect(() => desk.events).toThrow(/cut short|no end/);
    expect(await link.ask(ids.deliver, body)).toBe(0);
    expect(smsc.binds).toHaveLength(1);
  });

  test.each([
    ['', Buffer.alloc(0)],
    [
      'and behind answers that are none',
      Buffer.concat([head(16, 0x8000_0015, 1), head(16, 0x8000_0009, 9)]),
    ],
  ])('messages before the bind %s are nobody’s word', async (_what, before) => {
    await using smsc = await Smsc.start();
    smsc.manners.bind = () => 'silent';
    await using desk = new SmppDesk(smsc.credentials);
    const link = await onlyLink(smsc);
    await expect.poll(() => smsc.binds).toHaveLength(1);
    link.socket.write(before);
    expect(await link.ask(ids.deliver, writeDeliver(message))).toBe(0x04);
    expect(desk.road.appends).toBe(0);
  });

  test('a carrier that reads nothing is given up, not waited on without bound', async () => {
    await using smsc = await Smsc.start();
    const times = { enquireEvery: 200, enquireAnswer: 300 };
    await using desk = await SmppDesk.bound(smsc.credentials, times);
    const link = await onlyLink(smsc);
    link.socket.pause();
    await expect.poll(() => smsc.binds.length, { timeout: 3_000 }).toBeGreaterThan(1);
    await desk.isOk();
  });
});
