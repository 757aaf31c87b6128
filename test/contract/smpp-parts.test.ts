import { describe, expect, test } from 'vitest';

import { inTurn, textsTaken } from '#test/carriers/smsc-reading.ts';
import { Smsc } from '#test/carriers/smsc.ts';

import { SmppDesk } from './smpp-desk.ts';

const long = 'A long text that takes several parts. '.repeat(12);

describe('a text in parts of which not all go well', () => {
  test('refused at the first part: nothing else leaves', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = () => ({ kind: 'refuse', status: 0x0b });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: long })).toMatchObject({
      kind: 'refused',
      failure: { kind: 'invalid-number' },
    });
    expect(smsc.submittedAt).toHaveLength(1);
  });

  test('too fast at the first part: unsent as a whole', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'refuse', status: 0x58 });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: long })).toMatchObject({ kind: 'unsent' });
    expect(smsc.submits).toEqual([]);
  });

  test.each([0x58, 0x08, 0x14, 0x64])(
    'told to wait (command_status %i) at a later part: it goes on after the pause',
    async (status) => {
      await using smsc = await Smsc.start();
      smsc.manners.submit = inTurn({ kind: 'take' }, { kind: 'refuse', status });
      await using desk = await SmppDesk.bound(smsc.credentials);
      expect(await desk.send({ text: long })).toMatchObject({ kind: 'accepted' });
      expect(textsTaken(smsc)).toEqual([long]);
      expect(smsc.submits).toHaveLength(3);
    },
  );

  test('refused at a later part: it failed, and says how far it came', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'take' }, { kind: 'refuse', status: 0x66 });
    await using desk = await SmppDesk.bound(smsc.credentials);
    expect(await desk.send({ text: long })).toEqual({
      kind: 'refused',
      failure: { kind: 'unmapped', raw: expect.stringMatching(/part 2 of 3/) },
    });
  });

  test('the link lost at a later part: unknown, and nothing is sent twice', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'take' }, { kind: 'cut', taken: true });
    await using desk = await SmppDesk.bound({ ...smsc.credentials, window: '2' });
    expect(await desk.send({ text: long })).toMatchObject({ kind: 'unknown' });
    const places = smsc.submits.map(({ place }) => place?.sequence);
    expect(new Set(places).size).toBe(places.length);
  });

  test('the link lost between two parts: the rest goes out over the next bind', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = (_submit, count) => {
      if (count === 1) setTimeout(() => smsc.cut(), 30);
      return { kind: 'take' };
    };
    await using desk = await SmppDesk.bound({ ...smsc.credentials, partsPerSecond: '10' });
    expect(await desk.send({ text: long })).toEqual({
      kind: 'accepted',
      providerMessageId: 'm1+m2+m3',
    });
    expect(textsTaken(smsc)).toEqual([long]);
    expect(smsc.binds).toHaveLength(2);
  });

  test('never bound again: it failed, for its beginning is on the road', async () => {
    const smsc = await Smsc.start();
    smsc.manners.submit = () => {
      setTimeout(() => void smsc[Symbol.asyncDispose](), 30);
      return { kind: 'take' };
    };
    const { credentials } = smsc;
    await using desk = await SmppDesk.bound(
      { ...credentials, partsPerSecond: '5' },
      { patience: 500 },
    );
    expect(await desk.send({ text: long })).toMatchObject({
      kind: 'refused',
      failure: { kind: 'carrier-trouble', raw: expect.stringMatching(/part 2 of 3/) },
    });
  });

  test('one answer never coming: its receipt names it, and those before it count', async () => {
    await using smsc = await Smsc.start();
    smsc.manners.submit = inTurn({ kind: 'take' }, { kind: 'silent', taken: true });
    await using desk = await SmppDesk.bound(smsc.credentials, { answer: 300 });
    const text = desk.text({ text: long });
    expect(await desk.adapter.send(text, 5_000)).toMatchObject({ kind: 'unknown' });
    const receipt = { from: '15550100002', to: '15550100001', esmClass: 0x04 };
    const mark = smsc.submits[1]?.tlvs.get(0x0204) ?? Buffer.alloc(2);
    await smsc.deliver({ ...receipt, text: 'id:m1 stat:UNDELIV' });
    await smsc.deliver({ ...receipt, text: 'id:m2 stat:DELIVRD' });
    const tlvs = new Map([[0x0204, mark]]);
    await smsc.deliver({ ...receipt, text: 'id:x stat:DELIVRD', tlvs });
    const about = { providerMessageId: 'm1+x+m2', reference: text.uid };
    await expect
      .poll(() => desk.events.slice(2))
      .toMatchObject([
        { ...about, state: 'sent' },
        { ...about, state: 'failed' },
        { ...about, state: 'sent' },
      ]);
  });
});
