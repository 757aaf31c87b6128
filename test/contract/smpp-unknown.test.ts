import { describe, expect, test } from 'vitest';

import { inTurn } from '#test/carriers/smsc-reading.ts';
import { Smsc, type SubmitManner } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

describe('a text nobody knows about', () => {
  const unknown = { kind: 'unknown', failure: { kind: 'no-answer' } };

  test.each([
    ['no answer', { kind: 'silent', taken: true }],
    ['the link lost', { kind: 'cut', taken: true }],
    ['an answer without an id', { kind: 'raw', body: Buffer.of(0) }],
    ['an answer without a body', { kind: 'raw', body: Buffer.alloc(0) }],
    ['an answer whose id has no end', { kind: 'raw', body: Buffer.from('abc') }],
    ['an answer whose id is too long', { kind: 'raw', body: Buffer.from(`${'a'.repeat(99)}\0`) }],
    ['a generic_nack that calls itself a success', { kind: 'nack', status: 0 }],
  ] satisfies readonly (readonly [string, SubmitManner])[])('%s', async (_what, manner) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn(manner);
    await using desk = await SmppDesk.bound(smsc.credentials, { answer: 300 });
    expect(await desk.send()).toMatchObject(unknown);
    expect(smsc.submittedAt).toHaveLength(1);
    await desk.isOk();
    expect(await desk.send()).toMatchObject({ kind: 'accepted' });
  });

  test.each([
    [
      { kind: 'take', id: 'late', afterMs: 200 },
      { state: 'accepted', providerMessageId: 'late' },
    ],
    [
      { kind: 'refuse', status: 0x0b, afterMs: 200 },
      { state: 'failed', failure: { kind: 'invalid-number' } },
    ],
    [
      { kind: 'refuse', status: 0x58, afterMs: 200 },
      { state: 'failed', failure: { kind: 'rate-limited' } },
    ],
  ] satisfies readonly (readonly [SubmitManner, object])[])(
    'is resolved for certain by an answer that comes late',
    async (manner, means) => {
      await using smsc = await Smsc.start();
      smsc.manners.submit = () => manner;
      await using desk = await SmppDesk.bound(smsc.credentials);
      const text = desk.text();
      expect(await desk.adapter.send(text, 50)).toMatchObject(unknown);
      await expect.poll(() => desk.events).toHaveLength(1);
      expect(desk.events).toMatchObject([{ kind: 'receipt', reference: text.uid, ...means }]);
    },
  );

  test('is resolved by a receipt that says our mark back', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'cut', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials);
    const text = desk.text();
    expect(await desk.adapter.send(text, 5_000)).toMatchObject(unknown);
    await desk.isOk();
    const mark = smsc.submits[0]?.tlvs.get(0x0204) ?? Buffer.alloc(2);
    await expect.poll(() => smsc.receivers).toHaveLength(1);
    const tlvs = new Map([[0x0204, mark]]);
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04, tlvs };
    await smsc.deliver({ ...receipt, text: 'id:77 stat:DELIVRD' });
    await smsc.deliver({ ...receipt, from: '15550100003', text: 'id:78 stat:DELIVRD' });
    expect(desk.events).toMatchObject([
      { providerMessageId: '77', reference: text.uid, state: 'delivered' },
      { providerMessageId: '78', reference: null, state: 'delivered' },
    ]);
  });

  const stamp = (at: number) => new Date(at).toISOString().replaceAll(/[-T:]/g, '').slice(2, 12);
  const hours = 3_600_000;

  test.each([
    ['in our own zone', 0, {}, true],
    ['in another zone', -5 * hours, {}, true],
    ['in a zone of half hours', 5.5 * hours, {}, true],
    ['of another time', 7 * 60_000, {}, false],
    ['of another day', -36 * hours, {}, false],
    ['to somebody else', 0, { from: '15550100003' }, false],
    ['from another line', 0, { to: '15550100009' }, false],
  ] as const)('is resolved by a receipt that tells of it %s', async (...row) => {
    const [, zone, change, isResolved] = row;
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'cut', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials);
    const text = desk.text({ text: 'Your table is ready, do come in' });
    expect(await desk.adapter.send(text, 5_000)).toMatchObject(unknown);
    await desk.isOk();
    await expect.poll(() => smsc.receivers).toHaveLength(1);
    const words = `id:77 submit date:${stamp(Date.now() + zone)} stat:DELIVRD text:Your table is ready,`;
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04, text: words };
    await smsc.deliver({ ...receipt, ...change });
    expect(desk.events).toMatchObject([
      { providerMessageId: '77', reference: isResolved ? text.uid : null, state: 'delivered' },
    ]);
  });

  test.each([
    ['other words', 'text:Your order is ready'],
    ['too few words', 'text:Your'],
    ['no words', ''],
  ])('is not resolved by a receipt with %s', async (_what, words) => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'cut', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials);
    await desk.send({ text: 'Your table is ready' });
    await desk.isOk();
    await expect.poll(() => smsc.receivers).toHaveLength(1);
    const text = `id:77 submit date:${stamp(Date.now())} stat:DELIVRD ${words}`;
    await smsc.deliver({ from: '15550100002', to: '15550100001', esmClass: 0x04, text });
    expect(desk.events).toMatchObject([{ reference: null }]);
  });

  test('stays so where the link is lost after its sender had stopped waiting', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'silent', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({}, 50)).toMatchObject(unknown);
    smsc.cut();
    await expect.poll(() => smsc.binds).toHaveLength(2);
    await desk.isOk();
    expect(desk.road.appends).toBe(0);
  });

  test('does not come of one that was refused: its words stand for nothing', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'refuse', status: 0x0b });
    await using desk = await SmppDesk.bound(smsc.credentials);
    const text = 'Your table is ready';
    expect(await desk.send({ text })).toMatchObject({ kind: 'refused' });
    const words = `id:77 submit date:${stamp(Date.now())} stat:DELIVRD text:${text}`;
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04 };
    await smsc.deliver({ ...receipt, text: words });
    expect(desk.events).toMatchObject([{ reference: null }]);
  });

  test('is not resolved by the receipt of another text with the same words, nor one of two such', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = (_submit, count) =>
      count === 1 ? { kind: 'take', id: '1' } : { kind: 'silent', taken: true };
    await using desk = await SmppDesk.bound(smsc.credentials, { answer: 200 });
    const text = 'Your table is ready';
    const words = `submit date:${stamp(Date.now())} stat:DELIVRD text:${text}`;
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04 };
    expect(await desk.send({ text })).toMatchObject({ kind: 'accepted' });
    expect(await desk.send({ text })).toMatchObject(unknown);
    await smsc.deliver({ ...receipt, text: `id:1 ${words}` });
    expect(await desk.send({ text })).toMatchObject(unknown);
    await smsc.deliver({ ...receipt, text: `id:2 ${words}` });
    expect(desk.events).toMatchObject([{ reference: null }, { reference: null }]);
  });

  test('is resolved by a receipt that was there before the waiting was over', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'silent', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials, { answer: 300 });
    const text = desk.text();
    const sending = desk.adapter.send(text, 5_000);
    await expect.poll(() => smsc.submits).toHaveLength(1);
    const mark = smsc.submits[0]?.tlvs.get(0x0204) ?? Buffer.alloc(2);
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04 };
    const tlvs = new Map([[0x0204, mark]]);
    await smsc.deliver({ ...receipt, tlvs, text: 'id:77 stat:DELIVRD' });
    expect(await sending).toMatchObject(unknown);
    await expect
      .poll(() => desk.events)
      .toMatchObject([
        { providerMessageId: '77', reference: null },
        { providerMessageId: '77', reference: text.uid, state: 'delivered' },
      ]);
  });
});
